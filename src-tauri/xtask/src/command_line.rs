//! What the person asked for.

pub(crate) const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run [--yes]        install what is missing, build, and open the app
  test [--yes]       install what is missing, then every check and every test
  example [--url URL]... [--keep-store] [--yes]
                     the whole procedure with the real parts and no hands; writes to target/example/
  script FILE.toml [--yes]
                     one case written as data, against the real application on a temporary vault
  bench [--only NAME] [--yes]
                     the measurements, each beside another program's; writes to target/bench/
  soak store [--minutes N] [--only faults|power|full|rollback|tamper] [--yes]
                     the long campaigns against a store: faults, power cuts, full disks, older states put back
  soak procedure [--minutes N] [--seed FIRST]
                     random sequences of commands against the procedure, under every bundled policy pack
  soak seal [--minutes N] [--seed FIRST]
                     mutants of forms and packages against the verifier, clean ones, every byte of one flipped

  windows [--link] [--std-source FOLDER]
                     every crate type-checked for Windows, and the programs linked and, under Wine, the
                     verifier run; names what is missing
  macos              what compiles no C, type-checked for macOS; names what is missing

  --yes              install what is missing without asking (also when CI is set)";

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    Run { yes: bool },
    Test { yes: bool },
    Example { yes: bool, passed_on: Vec<String> },
    Script { yes: bool, file: String },
    Bench { yes: bool, only: Option<String> },
    Soak { yes: bool, minutes: u32, only: Option<String> },
    Windows { link: bool, source: Option<String> },
    Macos,
    SoakProcedure { minutes: u32, seed: Option<String> },
    SoakSeal { minutes: u32, seed: Option<String> },
}

/// How long a soak takes that nobody bounded.
const MINUTES: u32 = 30;

/// # Errors
/// - If there is no command, or one that is not known.
/// - If an option is not one of the command's own, or its value is missing.
pub(crate) fn parse(arguments: &[String]) -> Result<Request, String> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err("Say which command you want.".to_owned());
    };
    let mut options = Options::new(command, rest);
    let procedure = command == "soak" && options.take_flag("procedure");
    let seal = command == "soak" && options.take_flag("seal");
    if command == "soak" && !procedure && !seal && !options.take_flag("store") {
        return Err("Say what to soak: `soak store`, `soak procedure` or `soak seal`.".to_owned());
    }
    let request = match command.as_str() {
        "help" | "--help" | "-h" => Request::Help,
        "run" => Request::Run { yes: options.take_flag("--yes") },
        "test" => Request::Test { yes: options.take_flag("--yes") },
        "example" => {
            let yes = options.take_flag("--yes");
            let mut passed_on = Vec::new();
            while let Some(address) = options.take_value("--url", "an address")? {
                passed_on.extend(["--url".to_owned(), address]);
            }
            if options.take_flag("--keep-store") {
                passed_on.push("--keep-store".to_owned());
            }
            Request::Example { yes, passed_on }
        }
        "script" => Request::Script { yes: options.take_flag("--yes"), file: options.take_file()? },
        "windows" => Request::Windows {
            link: options.take_flag("--link"),
            source: options.take_value("--std-source", "a folder")?,
        },
        "macos" => Request::Macos,
        "bench" => Request::Bench {
            yes: options.take_flag("--yes"),
            only: options.take_value("--only", "the name of a measurement")?,
        },
        "soak" if procedure => {
            Request::SoakProcedure { minutes: options.take_minutes()?, seed: options.take_value("--seed", "a number")? }
        }
        "soak" if seal => {
            Request::SoakSeal { minutes: options.take_minutes()?, seed: options.take_value("--seed", "a number")? }
        }
        "soak" => Request::Soak {
            yes: options.take_flag("--yes"),
            minutes: options.take_minutes()?,
            only: options.take_value("--only", "the name of a campaign")?,
        },
        unknown => return Err(format!("There is no command `{unknown}`.")),
    };
    options.nothing_left()?;
    Ok(request)
}

/// The options of one command, taken out one by one until none may be left.
struct Options {
    command: String,
    left: Vec<String>,
}

impl Options {
    fn new(command: &str, rest: &[String]) -> Self {
        Self { command: command.to_owned(), left: rest.to_vec() }
    }

    fn take_flag(&mut self, flag: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|option| option != flag);
        self.left.len() < before
    }

    fn take_value(&mut self, option: &str, value: &str) -> Result<Option<String>, String> {
        let joined = format!("{option}=");
        let Some(at) = self.left.iter().position(|given| given == option || given.starts_with(&joined)) else {
            return Ok(None);
        };
        let given = self.left.remove(at);
        if let Some(value) = given.strip_prefix(&joined).filter(|value| !value.is_empty()) {
            return Ok(Some(value.to_owned()));
        }
        if given == option && self.left.get(at).is_some_and(|next| !next.starts_with("--")) {
            return Ok(Some(self.left.remove(at)));
        }
        Err(format!("`{option}` needs {value} after it."))
    }

    fn take_minutes(&mut self) -> Result<u32, String> {
        let given = self.take_value("--minutes", "a number of minutes")?;
        let wrong = || "`--minutes` needs a number of minutes after it.".to_owned();
        given.map_or(Ok(MINUTES), |given| given.parse().ok().filter(|minutes| *minutes > 0).ok_or_else(wrong))
    }

    fn take_file(&mut self) -> Result<String, String> {
        let at = self.left.iter().position(|given| !given.starts_with('-'));
        at.map(|at| self.left.remove(at)).ok_or_else(|| format!("`{}` needs a file after it.", self.command))
    }

    fn nothing_left(&self) -> Result<(), String> {
        match self.left.first() {
            None => Ok(()),
            Some(unknown) => Err(format!("`{}` does not take `{unknown}`.", self.command)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, parse};

    fn parsed(line: &str) -> Result<Request, String> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn each_command_is_understood() {
        let rows = [
            ("run", Request::Run { yes: false }),
            ("test --yes", Request::Test { yes: true }),
            (
                "script --yes tests/scripts/halt.toml",
                Request::Script { yes: true, file: "tests/scripts/halt.toml".to_owned() },
            ),
            ("bench --only sign", Request::Bench { yes: false, only: Some("sign".to_owned()) }),
            ("bench", Request::Bench { yes: false, only: None }),
            ("soak store --minutes 5 --yes", Request::Soak { yes: true, minutes: 5, only: None }),
            ("soak store --only power", Request::Soak { yes: false, minutes: 30, only: Some("power".to_owned()) }),
            ("soak procedure --minutes 5", Request::SoakProcedure { minutes: 5, seed: None }),
            ("soak procedure --seed 7", Request::SoakProcedure { minutes: 30, seed: Some("7".to_owned()) }),
            ("soak seal --minutes 10", Request::SoakSeal { minutes: 10, seed: None }),
            ("windows", Request::Windows { link: false, source: None }),
            ("windows --std-source src --link", Request::Windows { link: true, source: Some("src".to_owned()) }),
            ("macos", Request::Macos),
            ("--help", Request::Help),
        ];
        for (line, expected) in rows {
            assert_eq!(parsed(line), Ok(expected), "{line}");
        }
    }

    #[test]
    fn the_example_is_handed_its_addresses_in_order() {
        let expected = ["--url", "http://a.test/", "--url", "http://b.test/", "--keep-store"];
        assert_eq!(
            parsed("example --url http://a.test/ --keep-store --yes --url=http://b.test/"),
            Ok(Request::Example { yes: true, passed_on: expected.map(str::to_owned).to_vec() })
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_in_words() {
        let rows = [
            ("", "Say which command you want."),
            ("deploy", "There is no command `deploy`."),
            ("macos --link", "`macos` does not take `--link`."),
            ("run --fast", "`run` does not take `--fast`."),
            ("run now", "`run` does not take `now`."),
            ("script", "`script` needs a file after it."),
            ("script a.toml b.toml", "`script` does not take `b.toml`."),
            ("example --url", "`--url` needs an address after it."),
            ("example --url --keep-store", "`--url` needs an address after it."),
            ("soak", "Say what to soak: `soak store`, `soak procedure` or `soak seal`."),
            ("soak procedure --only power", "`soak` does not take `--only`."),
            ("soak store --minutes none", "`--minutes` needs a number of minutes after it."),
            ("bench --only=", "`--only` needs the name of a measurement after it."),
        ];
        for (line, expected) in rows {
            assert_eq!(parsed(line), Err(expected.to_owned()), "{line:?}");
        }
    }
}
