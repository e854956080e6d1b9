// What the service says of itself is a valid OpenAPI 3.1 document.
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "../support/test.ts";

test("the description of the API is valid OpenAPI 3.1", async ({ request }) => {
  const document = (await (await request.get("/openapi.json")).json()) as Record<string, unknown>;
  const validator = new Validator();
  const { valid, errors } = await validator.validate(document);
  expect(errors ?? [], "the document has no fault").toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});
