//! What can go wrong, in words: what happened, and what to do next. No message holds a key, a passphrase or a body.

use std::io::ErrorKind;
use std::time::Duration;

use rusqlite::ErrorCode;
use thiserror::Error;
use trail_domain::ids::Seq;

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// There is something, and it is not a store of this app.
    #[error("This folder holds something that is not an Evidence Trail store ({what}). Choose another folder.")]
    NotOurs {
        /// What was found.
        what: &'static str,
    },
    /// The store was made by a newer version.
    #[error("This store was made by a newer version of Evidence Trail. Install that version and try again.")]
    NewerVersion,
    /// The store is damaged.
    #[error("The store is damaged: {what}. Do not use it further. Keep the folder as it is and restore a backup.")]
    Damaged {
        /// What is wrong with it.
        what: String,
    },
    /// The database's file is shorter than it says itself.
    #[error(
        "The store's file was cut: it holds {found} bytes of at least {expected}. Do not use it further. Keep the \
         folder as it is and restore a backup."
    )]
    Cut {
        /// How long it says it is.
        expected: u64,
        /// How long it is.
        found: u64,
    },
    /// The folder is on a network.
    #[error(
        "This folder is on a network ({what}). A store there can be damaged or read by others. Choose a folder on \
         this computer's own disk."
    )]
    OnNetwork {
        /// Of which kind, and where.
        what: String,
    },
    /// The folder is copied elsewhere.
    #[error(
        "This folder is copied to another place by {what}. A store there leaves the computer. Choose a folder that \
         is not copied."
    )]
    Synced {
        /// By what.
        what: &'static str,
    },
    /// The case was destroyed.
    #[error("This case was destroyed. Nothing can be added to it or read from it.")]
    Disposed,
    /// What was asked to be destroyed is not what was agreed on.
    #[error("Nothing was destroyed: {what}. Ask for it and agree to it again.")]
    NotAsAgreed {
        /// What differs.
        what: &'static str,
    },
    /// The backup is not whole, or not the one that was made.
    #[error("This backup cannot be used: {what}. Keep it as it is and try another one.")]
    BadBackup {
        /// What is wrong with it.
        what: String,
    },
    /// A check was stopped before its end.
    #[error("The check of the record was stopped before its end. Start it again.")]
    Stopped,
    /// The store ends before a position it had reached: cut, or an older copy put back.
    #[error(
        "The store ends at entry {found}, but it had reached entry {expected}. It was cut or an older copy was put \
         back. Keep the folder as it is and tell the headteacher."
    )]
    RolledBack {
        /// The position it had reached.
        expected: Seq,
        /// Where it ends.
        found: Seq,
    },
    /// An entry is not the one that stood there before.
    #[error(
        "Entry {at} is not the one that stood there before: the record was rewritten. Keep the folder as it is and \
         tell the headteacher."
    )]
    Rewritten {
        /// Which entry.
        at: Seq,
    },
    /// Another window has the store.
    #[error("The store is already in use on this computer. Go to the window that is open.")]
    InUse,
    /// A store cannot be made where something is.
    #[error("There is already something in this folder. Choose an empty one.")]
    AlreadyThere,
    /// The disk is full.
    #[error("The disk is full. Nothing was kept. Free some space and try again.")]
    DiskFull,
    /// A file could not be read or written.
    #[error("{doing} did not work: {source}. Nothing was changed. Check the disk and try again.")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("The database refused ({what}). Nothing was kept. Close the app, start it again and try once more.")]
    Database {
        /// Its answer.
        what: String,
    },
    /// The passphrase does not fit.
    #[error("The passphrase is not right. Check it and try again.")]
    WrongPassphrase {
        /// How many times in a row it was wrong, for this person.
        times: u32,
        /// How long to wait before the next try.
        wait: Duration,
    },
    /// The key slot asks for the secret in this computer's keychain, and none was given.
    #[error("This store needs the secret in this computer's keychain. Unlock the keychain, or use the recovery codes.")]
    NeedsDeviceSecret,
    /// The secret in the keychain belongs to something else.
    #[error("The secret in this computer's keychain belongs to another store. Use the recovery codes.")]
    WrongDeviceSecret,
    /// The recovery codes do not open this store.
    #[error("These recovery codes do not open this store. Check both and try again.")]
    WrongCodes,
    /// No such person is enrolled.
    #[error("This person is not enrolled in this store. Choose a name from the list.")]
    UnknownPerson,
    /// Two people are needed, and the second is the first.
    #[error("You are already signed in. The second person must be somebody else.")]
    SamePerson,
    /// The person is not signed in.
    #[error("This person is not signed in. Sign in and try again.")]
    NotSignedIn,
    /// Two people must be signed in.
    #[error("This needs two people. Ask a second person to sign in.")]
    TwoNeeded,
    /// Somebody who is signed in is not admitted to the case, or there is no such case.
    #[error("This case is not open to everybody who is signed in. Sign in as people who are admitted to it.")]
    NotAdmitted,
    /// The case has been opened already.
    #[error("This case is already open. Go to the list of cases.")]
    CaseExists,
    /// The review session is not open here.
    #[error("This review session has ended. Open a new one.")]
    NoSession,
    /// The case is halted.
    #[error("This case is halted. No picture may be kept, shown, printed or exported. Go to the referral record.")]
    Halted,
    /// A HALT stands on this computer, which the police have not released.
    #[error("This computer is frozen by a HALT. Only the referral, custody, isolation and releases are recorded.")]
    Frozen,
    /// HALT is in force, and could not be written down.
    #[error(
        "HALT is in force, but it could not be written to the record ({because}). Write the time down on paper, and \
         have some space freed so that it can be recorded."
    )]
    HaltNotWritten {
        /// Why.
        because: String,
    },
    /// HALT was written down; what came with it was not.
    #[error("HALT is recorded. What came with it was not ({because}). Add it to the record in words.")]
    OnlyHaltKept {
        /// Why.
        because: String,
    },
    /// What was handed over is not what its event names.
    #[error("The capture was not kept: {what}. Nothing was stored. Capture again.")]
    Mismatch {
        /// What differs.
        what: &'static str,
    },
    /// Exhibits with files and documents come with their bytes, or not at all.
    #[error("An exhibit or document came without its file. Nothing was kept. Make it again.")]
    WithoutBytes,
    /// The event cannot be written so that it reads back the same.
    #[error("A value is too large to be recorded exactly. Nothing was kept. Shorten it and try again.")]
    Unrecordable,
    /// There is no such file in the case.
    #[error("There is no such file in this case. Go back to the case and choose another.")]
    NoFile,
    /// A change of people or keys does not fit.
    #[error("Nothing was changed: {what}.")]
    NotDone {
        /// What does not fit, and what to do.
        what: &'static str,
    },
    /// Somebody was removed in the record, and the store has its old key still.
    #[error(
        "This person is removed and cannot sign in any more. The store could not be encrypted anew ({because}). Free \
         some space, lock the app and sign in again: that ends it."
    )]
    OnlyRemoved {
        /// Why.
        because: String,
    },
    /// The people for a new store do not fit.
    #[error("The store was not made: {what}.")]
    BadStart {
        /// What does not fit.
        what: &'static str,
    },
}

impl StoreError {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }

    pub(crate) fn bad_backup(what: impl Into<String>) -> Self {
        Self::BadBackup { what: what.into() }
    }

    pub(crate) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| {
            if matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
                Self::DiskFull
            } else {
                Self::Io { doing, source }
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else {
            return Self::Database { what: "an answer it did not expect".to_owned() };
        };
        let said = error.to_string();
        if said.contains("trail: halted") {
            Self::Halted
        } else if said.contains("trail: frozen") {
            Self::Frozen
        } else if said.contains("trail: disposed") {
            Self::Disposed
        } else if code == ErrorCode::OperationInterrupted {
            Self::Stopped
        } else if code == ErrorCode::NotADatabase || code == ErrorCode::DatabaseCorrupt {
            Self::damaged("the database cannot be read, or it belongs to another store")
        } else if code == ErrorCode::DatabaseBusy || code == ErrorCode::DatabaseLocked {
            Self::InUse
        } else if code == ErrorCode::DiskFull {
            Self::DiskFull
        } else {
            Self::Database { what: format!("{code:?}") }
        }
    }
}
