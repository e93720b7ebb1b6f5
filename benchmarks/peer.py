# SPDX-License-Identifier: EUPL-1.2
"""What a user would write in place of `tidy`: read, melt, write; without checks, flags of other kinds and cells.

Run in the environment of the peers, with the library, the file, the row of its header and its columns of labels.
"""

import sys

library, path, header, labels = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:5])
ending, out = path.rpartition(".")[2], path + ".peer.csv"

if library == "polars":
    import polars

    frame = polars.read_excel(path, engine="calamine", read_options={"header_row": header})
    frame.unpivot(index=frame.columns[:labels]).write_csv(out)
elif ending == "json":
    import json

    import pandas

    with open(path, encoding="utf-8") as file:
        dataset = json.load(file)
    codes = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]
    index = pandas.MultiIndex.from_product(codes, names=dataset["id"])
    pandas.Series(dataset["value"], index=index, name="value").to_csv(out)
elif ending == "tsv":
    import pandas

    frame = pandas.read_csv(path, sep="\t")
    first = frame.columns[0]
    names = first.replace("\\TIME_PERIOD", "").split(",")
    frame[names] = frame.pop(first).str.split(",", expand=True)
    melted = frame.melt(id_vars=names, var_name="period")
    melted[["value", "flag"]] = melted["value"].str.split(" ", n=1, expand=True)
    melted["value"] = pandas.to_numeric(melted["value"], errors="coerce")
    melted.to_csv(out, index=False)
else:
    import pandas

    if ending in ("csv", "txt"):
        frame = pandas.read_csv(path, sep={"csv": ";", "txt": "|"}[ending])
    else:
        frame = pandas.read_excel(path, engine="calamine", header=header)
    frame.melt(id_vars=list(frame.columns[:labels])).to_csv(out, index=False)
