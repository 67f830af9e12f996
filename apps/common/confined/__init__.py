"""Work on strangers' bytes, done in a process that can take only so much time and memory.

Parsers of PDFs and images have holes and worst cases. What they read here they read in a process
of its own, which knows no secret, writes no file and is ended by the kernel when it goes on for
too long or grows too large:

    calls.py   the side that asks: `call("clean", content)`
    keeper.py  the process it asks: single-threaded, with the parsers loaded, forks for each call
    tasks.py   what can be asked for
"""
