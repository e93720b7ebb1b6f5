# SPDX-License-Identifier: EUPL-1.2
"""From registered files to checked tidy tables on disk: register, datasets, checks, store, descriptor, history."""
