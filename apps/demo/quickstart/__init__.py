"""`manage.py quickstart`: the whole portal on one machine, for trying it out and for developing.

    stock         what the database holds: nothing, the demonstration set, somebody's data; reset
    credentials   var/quickstart.json, the only place where first passwords and keys are kept
    processes     one child process in a group of its own, with its log
    guard         ends the children when the quickstart itself is killed
    supervisor    simulator, worker and web server together: started, watched, stopped

Never for service: it refuses production settings.
"""
