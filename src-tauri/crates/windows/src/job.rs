//! Jobs: processes that are limited together, counted together, and ended together.
//!
//! A process that a member starts is a member too, and cannot leave.
#![allow(unsafe_code, reason = "each call is given handles that are open, and places that are as large as is said")]

use std::ffi::c_void;
use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::process::Child;

use windows::Win32::Foundation::HANDLE;
use windows::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION, JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOB_OBJECT_LIMIT_PROCESS_MEMORY,
    JOB_OBJECT_LIMIT_PROCESS_TIME, JOBOBJECT_BASIC_ACCOUNTING_INFORMATION, JOBOBJECT_EXTENDED_LIMIT_INFORMATION,
    JobObjectBasicAccountingInformation, JobObjectExtendedLimitInformation, QueryInformationJobObject,
    SetInformationJobObject, TerminateJobObject,
};
use windows::Win32::System::Threading::GetCurrentProcess;
use windows::core::PCWSTR;

/// Hundreds of nanoseconds in a second: how Windows counts time.
const TICKS: i64 = 10_000_000;

/// A job. When the last one who holds it lets go, every process in it is ended.
#[derive(Debug)]
pub struct Job {
    handle: OwnedHandle,
}

impl Job {
    /// A job whose processes may take so many bytes of memory each.
    ///
    /// # Errors
    /// - If the system makes none.
    pub fn of_processes_with(bytes_each: usize) -> io::Result<Self> {
        let job = Self::make()?;
        let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
        limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
            | JOB_OBJECT_LIMIT_PROCESS_MEMORY
            | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
        limits.ProcessMemoryLimit = bytes_each;
        job.limit(&limits)?;
        Ok(job)
    }

    /// Takes a process in, and with it whatever it starts from now on.
    ///
    /// # Errors
    /// - If the process has ended, or the system does not let it in.
    pub fn take_in(&self, child: &Child) -> io::Result<()> {
        // SAFETY: both handles are open for as long as the call lasts.
        unsafe { AssignProcessToJobObject(self.raw(), HANDLE(child.as_raw_handle())) }.map_err(io::Error::other)
    }

    /// Ends every process in it at once.
    ///
    /// # Errors
    /// - If the system does not say that it did.
    pub fn end(&self) -> io::Result<()> {
        // SAFETY: the handle is open.
        unsafe { TerminateJobObject(self.raw(), 1) }.map_err(io::Error::other)
    }

    /// How many processes are in it now.
    ///
    /// # Errors
    /// - If the system does not tell.
    pub fn members(&self) -> io::Result<usize> {
        let mut told = JOBOBJECT_BASIC_ACCOUNTING_INFORMATION::default();
        // SAFETY: the handle is open, and the place is as large as is said.
        unsafe {
            QueryInformationJobObject(
                Some(self.raw()),
                JobObjectBasicAccountingInformation,
                std::ptr::from_mut(&mut told).cast::<c_void>(),
                size_of::<JOBOBJECT_BASIC_ACCOUNTING_INFORMATION>() as u32,
                None,
            )
        }
        .map_err(io::Error::other)?;
        Ok(told.ActiveProcesses as usize)
    }

    fn make() -> io::Result<Self> {
        // SAFETY: without attributes and without a name there is nothing to point to.
        let handle = unsafe { CreateJobObjectW(None, PCWSTR::null()) }.map_err(io::Error::other)?;
        // SAFETY: the handle was just made, and nobody else has it.
        Ok(Self { handle: unsafe { OwnedHandle::from_raw_handle(handle.0) } })
    }

    fn limit(&self, limits: &JOBOBJECT_EXTENDED_LIMIT_INFORMATION) -> io::Result<()> {
        // SAFETY: the handle is open, and the place is as large as is said.
        unsafe {
            SetInformationJobObject(
                self.raw(),
                JobObjectExtendedLimitInformation,
                std::ptr::from_ref(limits).cast::<c_void>(),
                size_of::<JOBOBJECT_EXTENDED_LIMIT_INFORMATION>() as u32,
            )
        }
        .map_err(io::Error::other)
    }

    fn raw(&self) -> HANDLE {
        HANDLE(self.handle.as_raw_handle())
    }
}

/// Limits this very process for the rest of its life: bytes of memory, seconds of processor time, and no other process.
/// Windows has no limit on the files that a process writes or opens.
///
/// # Errors
/// - If the system does not take the limits. Then none of them holds.
pub fn limit_this_process(bytes: usize, seconds: u32) -> io::Result<()> {
    let job = Job::make()?;
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    let which: JOB_OBJECT_LIMIT = JOB_OBJECT_LIMIT_PROCESS_MEMORY
        | JOB_OBJECT_LIMIT_PROCESS_TIME
        | JOB_OBJECT_LIMIT_ACTIVE_PROCESS
        | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    limits.BasicLimitInformation.LimitFlags = which;
    limits.BasicLimitInformation.PerProcessUserTimeLimit = i64::from(seconds) * TICKS;
    limits.BasicLimitInformation.ActiveProcessLimit = 1;
    limits.ProcessMemoryLimit = bytes;
    job.limit(&limits)?;
    // SAFETY: the handle of the job is open; that of this process is a constant that needs no closing. The job lives on
    // after its handle is closed, for as long as this process is in it.
    unsafe { AssignProcessToJobObject(job.raw(), GetCurrentProcess()) }.map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::process::Command;

    use super::*;

    #[test]
    fn a_job_counts_its_processes_and_ends_them() {
        let job = Job::of_processes_with(256 << 20).unwrap();
        assert_eq!(job.members().unwrap(), 0);
        let mut child = Command::new("cmd").args(["/c", "ping -n 60 127.0.0.1 >nul"]).spawn().unwrap();
        job.take_in(&child).unwrap();
        assert!(job.members().unwrap() >= 1);
        job.end().unwrap();
        assert!(!child.wait().unwrap().success());
        assert_eq!(job.members().unwrap(), 0);
    }
}
