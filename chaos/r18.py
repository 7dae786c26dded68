"""stub"""


def run(*a):
    raise SystemExit
