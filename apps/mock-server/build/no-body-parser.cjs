// Takes the place of body-parser in the bundle. The mock reads bodies itself, within its own limits of size and time.
module.exports = {};
