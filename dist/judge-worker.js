import { judge } from "./main.js";
await judge();
