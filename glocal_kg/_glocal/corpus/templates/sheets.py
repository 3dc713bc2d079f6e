"""The sheets of a template that hold no data."""

ABOUT, HELP, LISTS, COLUMNS = "about", "help", "_lists", "_columns"
TEMPLATE_SHEETS = (ABOUT, HELP, LISTS, COLUMNS, COLUMNS.strip("_"))
