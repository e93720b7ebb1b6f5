# SPDX-License-Identifier: EUPL-1.2
"""Small counts: the policy, hiding them, and the attack that tries to find them again."""
