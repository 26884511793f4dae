/** What is said in the gallery. */

export const RICH = `# Moving to the new plan

You can change it yourself, **today**, and nothing is charged before the *first of next month*. In short:

## What changes

- Three seats more, at the same price
- Exports in \`CSV\` and \`JSON\`, see [the export guide](https://example.com/guides/export)
  - once a day by itself
  - or whenever you press **Export**
- ~~The old dashboard~~ is gone on 1 May

## What you do

1. Open **Settings → Billing**.
2. Choose *Team*, and how many seats.
3. Confirm. We send a receipt to the address on file.

> Seats that you do not use can be given back until the 14th.
> Nobody loses access before that.

### Before you start

- [x] You are an owner of the workspace
- [ ] The billing address is complete

---

Anything else? Write to <billing@example.com>, or ask here.`;

export const CODE = `This reads the file in pieces, so that a large one does not fill the memory:

\`\`\`python
from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Reading:
    """One line of the export."""

    meter: str
    kilowatt_hours: float


def readings(path: Path, *, encoding: str = "utf-8", skip_invalid: bool = True) -> Iterator[Reading]:
    """Yields each reading of the export at \`path\`; lines without a number are skipped unless \`skip_invalid\` is False."""
    with path.open(encoding=encoding, newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            try:
                yield Reading(row["meter"], float(row["kWh"].replace(",", ".")))
            except (KeyError, ValueError):
                if not skip_invalid:
                    raise


total = sum(reading.kilowatt_hours for reading in readings(Path("export.csv")) if reading.meter.startswith("DE-"))
print(f"{total:,.1f} kWh")  # 12,408.6 kWh
\`\`\`

Run it with \`python readings.py\`. It needs nothing but the standard library.`;

export const TABLE = `Here is how the plans compare:

| Plan | Seats | Price per month | Storage | Support | Data kept for |
|:-----|------:|----------------:|--------:|:--------|:--------------|
| Free | 1 | €0 | 1 GB | Community forum | 30 days |
| Team | 10 | €49 | 100 GB | E-mail, within one working day | 1 year |
| Business | 50 | €199 | 1 TB | Chat and e-mail, within four hours | 5 years |
| Enterprise | as many as you need | by agreement | by agreement | A person of your own, by telephone | as the law asks |

Prices are without tax. *Team* is what most choose.`;

export const SHORT = 'Yes. Open **Settings → Billing** and press *Change plan*; it takes effect at once.';

export const MEDIUM = `Three things are worth checking first:

1. **The cable.** It clicks when it is in.
2. **The light.** Green means connected, amber means that it is looking.
3. **The app.** Version 4.2 or newer.

If the light stays amber for more than five minutes, hold the button for ten seconds and try again.`;

export const PORTUGUESE = `Sim, a segunda via fica em **Minha conta → Faturas**.

- O PDF sai na hora
- O código de barras vale por *três dias*

Se preferir, envio por e-mail para você.`;

export const ARABIC = `نعم، يمكنك تغيير الخطة في أي وقت:

1. افتح **الإعدادات ← الفوترة**.
2. اختر خطة *الفريق*.
3. أكّد، وسنرسل الإيصال إلى \`billing@example.com\`.

> لا تُحتسب أي رسوم قبل الأول من الشهر.

| الخطة | السعر |
|---|---|
| مجانية | 0 € |
| الفريق | 49 € |`;

const pages = Math.ceil(16_000 / MEDIUM.length);

/** A little longer than a message may be. */
export const TOO_LONG = MEDIUM.repeat(pages).slice(0, 16_042);
