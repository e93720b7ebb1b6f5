# SPDX-License-Identifier: EUPL-1.2
from .cli import main

main()
