"""The corpus report: what is in a corpus, what was found, how it hangs together; one page.

``sections`` gathers, ``plain_page`` holds the page as values, ``html`` and ``markdown`` write it.
"""
