# SPDX-License-Identifier: EUPL-1.2
"""One function a chart kind. Every chart carries its words and its data.

Takes a tidy frame (or one that was computed) and the column or breakdown key that names its parts;
gives a `Chart`: a picture in the notebook, SVG and PNG in `figures/`, a description and the figures behind it.
"""
