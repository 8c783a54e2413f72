"""The bill of materials: what the audit takes from the lock file and from cyclonedx-py."""

from __future__ import annotations

from audit.supply_chain import FREE, keep, licences, locked_versions, needs, runtime, used_by_site

from ..project import ROOT

BILL = {
    "components": [
        {"name": "A_b", "version": "1", "bom-ref": "A_b==1", "licenses": [{"license": {"id": "MIT"}}]},
        {
            "name": "c",
            "version": "2",
            "bom-ref": "c==2",
            "licenses": [{"expression": "Apache-2.0 OR BSD-2-Clause"}],
        },
        {"name": "tool", "version": "3", "bom-ref": "tool==3"},
    ],
    "dependencies": [
        {"ref": "root-component", "dependsOn": ["A_b==1", "tool==3"]},
        {"ref": "A_b==1", "dependsOn": ["c==2"]},
        {"ref": "c==2"},
        {"ref": "tool==3"},
    ],
}


def test_every_package_that_makes_the_site_is_in_the_lock_file():
    locked = locked_versions((ROOT / "requirements.txt").read_text("utf-8"))
    needed = runtime((ROOT / "pyproject.toml").read_bytes())
    assert len(needed) > 10
    assert needed <= locked.keys()
    assert locked["mkdocs"] == "1.6.1"


def test_a_bill_has_only_what_is_locked_and_says_what_the_site_needs():
    bill = {**BILL}
    keep(bill, ["a-b", "c"])
    assert [component["name"] for component in bill["components"]] == ["A_b", "c"]
    assert bill["dependencies"][0] == {"ref": "root-component", "dependsOn": ["A_b==1"]}
    assert used_by_site(["a"], {"a": ["b", "c"], "b": ["a"], "c": [], "d": []}.__getitem__) == {"a", "b", "c"}
    site = used_by_site(runtime((ROOT / "pyproject.toml").read_bytes()), needs)
    assert "httpcore" in site and "pytest" not in site


def test_licences_are_read_in_each_form_and_an_unknown_one_is_not_free():
    assert [licences(component) for component in BILL["components"]] == [
        ["MIT"],
        ["Apache-2.0 OR BSD-2-Clause"],
        [],
    ]
    classifier = {"licenses": [{"license": {"name": "License :: OSI Approved :: BSD License"}}]}
    assert licences(classifier) == ["BSD License"]
    assert FREE.search("BSD License") and not FREE.search("Proprietary")
