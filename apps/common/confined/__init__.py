"""Work on strangers' bytes, done in a process that can take only so much time and memory.

Parsers of PDFs, images, spreadsheets and bank statements have holes and worst cases. What they
read here they read in a process of its own, which knows no secret, writes no file and is ended by
the kernel when it goes on for too long or grows too large:

    calls.py   the side that asks: `call("clean", content)`
    slots.py   how many may be asked at once, and how long others wait
    keeper.py  the process it asks: single-threaded, with the parsers loaded, forks for each call
    tasks.py   what can be asked for, and what it may take
    errors.py  why it was not done; a fault of ours is never told as one of the file

Whoever ends takes those who work for it along: the keeper ends when the web process does, however
that came about, and the kernel ends the keeper's children with the keeper.
"""
