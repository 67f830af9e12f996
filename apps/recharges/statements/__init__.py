"""Reading bank statements: whatever a bank exported becomes the same normalised lines.

    lines       what one line is, and what can be wrong with it, with the cure
    limits      how much a statement may hold
    reading     the door: `read_statement(content)` asks a confined process
    confined    what that process does
    parsing     tells the formats apart by content
    grids       rows as they are read, held to the limits
    values      amounts, days and serial numbers as banks write them
    columns     which column holds what: guessed from the headings, or saved per bank
    tables      from rows of cells (CSV, XLSX) to lines: preamble, headings, footers
    delimited   CSV and other text with separators, in any encoding that Chinese banks use
    workbook    XLSX
    mt940       SWIFT MT940
    camt053     ISO 20022 CAMT.053
    wire        the way back out of the confined process, with every value checked anew

Nothing here touches the database, and nothing is guessed about money: a cell that can be read in
two ways is a fault for a person, never a number.
"""
