# SPDX-License-Identifier: EUPL-1.2
"""What a notebook says with figures: sentences, comparisons, charts."""
