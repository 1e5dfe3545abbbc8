/**
 * Holes have their keys inside, so that tests can say which one they mean. Numbers are for those that read no token.
 */
import { callHolesBy } from "../../src/facts/text.ts";

callHolesBy("key");
