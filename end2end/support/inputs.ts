// What the journeys send: real files, made when they are needed so that no megabytes lie in the repository.
import type { Browser } from "@playwright/test";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

export const texts = {
  turkish: "Ödemem çekildi ama siparişim oluşmadı. Iğdır şubesinden gönderdiğim ₺1.250,50 nerede? Şimdiden teşekkürler, İpek.",
  arabic: "تم خصم المبلغ من حسابي مرتين. أرجو إعادة المبلغ ٢٥٠ ر.س إلى بطاقتي في أقرب وقت. شكرًا لكم.",
  chinese: "我在昨天晚上付款后一直没有收到确认邮件，银行显示已扣款人民币三百元。请帮忙查一下，谢谢！",
  markdown: [
    "The callback fails since **this morning**:",
    "",
    "```json",
    '{ "status": 502, "hint": "<script>alert(1)</script>" }',
    "```",
    "",
    "1. We call `POST /payments`",
    "2. The answer never comes",
  ].join("\n"),
} as const;

/** A file on disk, ready for an upload. */
export class Input {
  constructor(readonly path: string) {}

  get name(): string {
    return basename(this.path);
  }

  get size(): number {
    return statSync(this.path).size;
  }

  /** Lower-case hex, as the API tells it. */
  get sha256(): string {
    return createHash("sha256").update(readFileSync(this.path)).digest("hex");
  }
}

export class Inputs {
  readonly #folder = mkdtempSync(join(tmpdir(), "finsupport-inputs-"));

  private constructor(
    private readonly jpeg: Buffer,
    private readonly pdf: Buffer,
  ) {}

  static async make(browser: Browser): Promise<Inputs> {
    const context = await browser.newContext({ javaScriptEnabled: true, viewport: { width: 800, height: 600 } });
    try {
      const page = await context.newPage();
      const jpeg = Buffer.from(await page.evaluate(draw, { width: 2400, height: 1600, bytes: 3_300_000 }), "base64");
      await page.setContent(`<h1>Receipt FS-2041</h1><p lang="ar" dir="rtl">${texts.arabic}</p><p>Total: 250.00 SAR</p>`);
      return new Inputs(jpeg, await page.pdf({ format: "A4" }));
    } finally {
      await context.close();
    }
  }

  /** A photo of about 3 MB with the grain of a real one, so that nothing compresses it away. */
  photo(name = "terminal.jpg"): Input {
    return this.#write(name, this.jpeg);
  }

  /** A PDF as Chromium prints it, under an Arabic name with an emoji. */
  receipt(name = "إيصال الدفع 🧾.pdf"): Input {
    return this.#write(name, this.pdf);
  }

  /** 20 MB of log lines, each different. */
  log(name = "gateway.log", bytes = 20_000_000): Input {
    const lines: string[] = [];
    let written = 0;
    for (let n = 0; written < bytes; n += 1) {
      const at = new Date(Date.UTC(2026, 0, 1) + n * 137).toISOString();
      const line = `${at} INFO gateway payment=${(n * 2654435761) >>> 0} amount=${(n % 9973) / 100} ok=${n % 7 !== 0}\n`;
      lines.push(line);
      written += line.length;
    }
    return this.#write(name, Buffer.from(lines.join("").slice(0, bytes)));
  }

  /** A page that would run script if a browser ever opened it, dressed as a picture. */
  disguised(name = "holiday.png"): Input {
    return this.#write(name, Buffer.from("<!doctype html><script>document.title = 'stolen'</script>"));
  }

  empty(name = "empty.txt"): Input {
    return this.#write(name, Buffer.alloc(0));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(name: string, bytes: Buffer): Input {
    const path = join(this.#folder, name);
    writeFileSync(path, bytes);
    return new Input(path);
  }
}

/** Runs in the browser: a landscape with seeded grain, at the quality that comes nearest to the wanted size. */
async function draw(wanted: { width: number; height: number; bytes: number }): Promise<string> {
  const canvas = document.createElement("canvas");
  canvas.width = wanted.width;
  canvas.height = wanted.height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  const picture = context.createImageData(wanted.width, wanted.height);
  let seed = 42;
  for (let at = 0; at < picture.data.length; at += 4) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const grain = (seed >>> 24) / 4;
    const row = at / 4 / wanted.width / wanted.height;
    picture.data[at] = 60 + 120 * row + grain;
    picture.data[at + 1] = 90 + 60 * row + grain;
    picture.data[at + 2] = 170 - 90 * row + grain;
    picture.data[at + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
  let best = "";
  for (let low = 0.05, high = 1, turn = 0; turn < 7; turn += 1) {
    const quality = (low + high) / 2;
    const coded = canvas.toDataURL("image/jpeg", quality).split(",")[1] ?? "";
    if ((coded.length * 3) / 4 <= wanted.bytes) {
      best = coded;
      low = quality;
    } else {
      high = quality;
    }
  }
  return best;
}
