//! Tables for a spreadsheet (RFC 4180), in UTF-8 with the mark by which Excel knows it.

/// The mark at the beginning: without it Excel takes the file for the code page of the computer.
const MARK: &str = "\u{feff}";

/// A table as a file: a row after the other, the heading first.
pub(super) fn file<Cell: AsRef<str>>(rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut text = String::from(MARK);
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell.as_ref())).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A cell. A spreadsheet takes what begins with `=` and the like for a formula, some also after spaces or in their full
/// width: such a cell gets a mark before it, after which it is text.
fn quoted(cell: &str) -> String {
    let begins = |text: &str| {
        text.starts_with(['=', '+', '-', '@', '|', '%', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{2212}'])
    };
    let formula = begins(cell.trim_start()) || cell.starts_with(['\t', '\r', '\n']);
    let mark = if formula { "'" } else { "" };
    // A character that steers a terminal or ends a text early has no place in a table.
    let clean: String = cell.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    format!("\"{mark}{}\"", clean.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::file;

    fn line(cells: &[&str]) -> String {
        String::from_utf8_lossy(&file(&[cells.to_vec()])).into_owned()
    }

    #[test]
    fn a_cell_is_never_a_formula_and_never_ends_early() {
        assert_eq!(line(&["=1+1", "say \"so\"", "11"]), "\u{feff}\"'=1+1\",\"say \"\"so\"\"\",\"11\"\r\n");
        for begins in
            ["=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}", "|", "%"]
        {
            let cell = format!("{begins}cmd");
            assert!(line(&[&cell]).starts_with("\u{feff}\"'"), "{begins:?} begins a formula");
        }
        assert_eq!(line(&["two\nlines, one cell"]), "\u{feff}\"two\nlines, one cell\"\r\n");
        assert_eq!(line(&["a\u{1b}[2Jb\0"]), "\u{feff}\"a[2Jb\"\r\n");
    }
}
