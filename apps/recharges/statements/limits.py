"""How much a statement may hold; what goes beyond is refused with what to do about it."""

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 32_767  # what a cell of a spreadsheet holds
MAX_HEADING_CHARACTERS = 100
MAX_SERIAL_CHARACTERS = 64
MAX_SHOWN_CHARACTERS = 60  # of a cell that is shown for being wrong

MAX_UNPACKED_BYTES = 100 * 1024 * 1024  # 50 000 rows of 15 cells take 40 MB
MAX_PARTS = 1_000  # files in a workbook's archive; fifty are many
MAX_SHEETS = 50
MAX_MERGED = 100_000  # some banks merge two cells in every row
MAX_MERGED_CELLS = 10_000_000  # six hundred whole rows of a spreadsheet
