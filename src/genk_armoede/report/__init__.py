# SPDX-License-Identifier: EUPL-1.2
"""The build: steps, notebooks run in kernels, pages, and putting all of it in place."""
