//! Bytes on disk, under `<data>/files/`.
//!
//! A file is first an [`Incoming`] one: it streams to a temporary name while it is counted and hashed, and is judged
//! there. Only [`Incoming::keep`] gives it a final name, after its bytes are on disk, so a half file never has one, and
//! an upload that was answered survives a power cut. Names are random and carry nothing of the sender's.
//!
//! This is a struct and not a trait: when bytes go elsewhere one day, it becomes an enum with the same functions.

use crate::clock::Timestamp;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::{
    fmt,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};
use tokio::{fs, io::AsyncWriteExt};

/// Characters of a stored name that name its folder.
const SHARD: usize = 2;
const THUMBNAIL: &str = "-thumbnail";

/// Where uploaded bytes are kept.
#[derive(Clone, Debug)]
pub struct Storage {
    folder: PathBuf,
}

/// The name that kept bytes have: 160 random bits in hexadecimal, without an ending.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StoredName(String);

impl Storage {
    /// Opens the folder, and makes it when there is none. Others may have it open, and uploads be on their way into it.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let storage = Self { folder: folder.into() };
        std::fs::create_dir_all(storage.incoming())?;
        Ok(storage)
    }

    /// Removes what interrupted uploads left behind: for who serves the folder, before anything is taken in.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn clear_incoming(&self) -> io::Result<()> {
        let mut leftovers = fs::read_dir(self.incoming()).await?;
        while let Some(leftover) = leftovers.next_entry().await? {
            fs::remove_file(leftover.path()).await?;
        }
        Ok(())
    }

    /// Begins to take in a file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn begin(&self) -> io::Result<Incoming> {
        let name = StoredName::random();
        let path = self.incoming().join(&name.0);
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&path).await?;
        Ok(Incoming { file, name, path: Temporary(path), hash: Sha256::new(), size: 0, storage: self.clone() })
    }

    /// Keeps a small thing that is already whole in memory, such as a thumbnail, beside the file it belongs to.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn keep_beside(&self, name: &StoredName, bytes: &[u8]) -> io::Result<()> {
        let mut incoming = self.begin().await?;
        incoming.name = name.thumbnail();
        incoming.write(&Bytes::copy_from_slice(bytes)).await?;
        incoming.keep().await.map(drop)
    }

    /// Opens kept bytes for reading.
    ///
    /// # Errors
    /// When there are none of that name.
    pub async fn read(&self, name: &StoredName) -> io::Result<fs::File> {
        fs::File::open(self.path_of(name)).await
    }

    /// Removes kept bytes and what lies beside them. That there are none is no error: they are gone either way.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove(&self, name: &StoredName) -> io::Result<()> {
        for name in [&name.thumbnail(), name] {
            match fs::remove_file(self.path_of(name)).await {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of everything kept before this time, thumbnails aside.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub async fn kept_before(&self, time: Timestamp) -> io::Result<Vec<StoredName>> {
        let time = UNIX_EPOCH + Duration::from_millis(u64::try_from(time.0).unwrap_or_default());
        let mut names = Vec::new();
        let mut shards = fs::read_dir(&self.folder).await?;
        while let Some(shard) = shards.next_entry().await? {
            if shard.file_name().len() != SHARD {
                continue;
            }
            let mut files = fs::read_dir(shard.path()).await?;
            while let Some(file) = files.next_entry().await? {
                let Ok(name) = file.file_name().into_string() else { continue };
                if !name.ends_with(THUMBNAIL) && file.metadata().await?.modified()? < time {
                    names.push(StoredName(name));
                }
            }
        }
        Ok(names)
    }

    fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    /// Sharded by the first two characters, so that no folder grows too large to list.
    fn path_of(&self, name: &StoredName) -> PathBuf {
        self.folder.join(name.shard()).join(&name.0)
    }
}

/// A file on its way in. Dropped before it is kept, it leaves nothing behind.
pub struct Incoming {
    file: fs::File,
    name: StoredName,
    path: Temporary,
    hash: Sha256,
    size: u64,
    storage: Storage,
}

/// What is known of bytes once they are kept.
#[derive(Clone, Debug)]
pub struct Kept {
    pub name: StoredName,
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
}

impl Incoming {
    /// Takes in the next bytes.
    ///
    /// # Errors
    /// When the disk refuses, for instance because it is full.
    pub async fn write(&mut self, bytes: &Bytes) -> io::Result<()> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        self.file.write_all(bytes).await
    }

    /// Bytes taken in so far.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Where the bytes lie for now, all of them, so that they can be judged.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn whole(&mut self) -> io::Result<&Path> {
        self.file.flush().await?;
        Ok(&self.path.0)
    }

    /// Gives the bytes their final name, once they and the name are on disk.
    ///
    /// # Errors
    /// When the disk refuses; nothing is left behind.
    pub async fn keep(mut self) -> io::Result<Kept> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let shard = self.storage.folder.join(self.name.shard());
        if !fs::try_exists(&shard).await? {
            fs::create_dir_all(&shard).await?;
            sync_folder(&self.storage.folder).await?;
        }
        fs::rename(&self.path.0, self.storage.path_of(&self.name)).await?;
        sync_folder(&shard).await?;
        let sha256 = format!("{:x}", self.hash.finalize_reset());
        Ok(Kept { name: self.name, size: self.size, sha256 })
    }
}

/// A path that is removed when nobody needs it any more. After a rename there is nothing to remove.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        match std::fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                tracing::warn!(%error, "an unfinished upload could not be removed; the next start will");
            }
            _ => {}
        }
    }
}

impl StoredName {
    fn random() -> Self {
        Self(rand::random::<[u8; 20]>().iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The name as the database gave it back.
    pub fn known(name: String) -> Self {
        Self(name)
    }

    /// The name under which the thumbnail of these bytes lies beside them.
    #[must_use]
    pub fn thumbnail(&self) -> Self {
        Self(format!("{}{THUMBNAIL}", self.0))
    }

    fn shard(&self) -> &str {
        self.0.get(..SHARD).expect("a stored name is long and of ASCII")
    }
}

impl fmt::Display for StoredName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A new name in a folder is only safe once the folder itself is written.
async fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder).await?.sync_all().await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files_under(folder: &Path) -> usize {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| if path.is_dir() { files_under(&path) } else { 1 })
            .sum()
    }

    #[tokio::test]
    async fn kept_bytes_are_counted_hashed_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        let mut incoming = storage.begin().await.unwrap();
        incoming.write(&Bytes::from_static(b"ab")).await.unwrap();
        incoming.write(&Bytes::from_static(b"c")).await.unwrap();
        let kept = incoming.keep().await.unwrap();
        assert_eq!(kept.size, 3);
        assert_eq!(kept.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(std::fs::read(storage.path_of(&kept.name)).unwrap(), b"abc");
        storage.keep_beside(&kept.name, b"small").await.unwrap();
        assert_eq!(files_under(folder.path()), 2);
        storage.remove(&kept.name).await.unwrap();
        storage.remove(&kept.name).await.unwrap();
        assert_eq!(files_under(folder.path()), 0);
    }

    #[tokio::test]
    async fn an_upload_that_is_dropped_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        let mut incoming = storage.begin().await.unwrap();
        incoming.write(&Bytes::from_static(b"half a fi")).await.unwrap();
        incoming.whole().await.unwrap();
        assert_eq!(files_under(folder.path()), 1);
        drop(incoming);
        assert_eq!(files_under(folder.path()), 0);
    }

    #[tokio::test]
    async fn what_a_killed_process_left_is_removed_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        let kept = storage.begin().await.unwrap().keep().await.unwrap();
        std::fs::write(storage.incoming().join("0123"), b"half").unwrap();
        storage.clear_incoming().await.unwrap();
        assert_eq!(files_under(folder.path()), 1);
        assert!(storage.read(&kept.name).await.is_ok());
    }

    /// As `finsupport user` does while the helpdesk is served.
    #[tokio::test]
    async fn an_upload_on_its_way_is_kept_whoever_else_opens_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::open(folder.path()).unwrap();
        let mut incoming = storage.begin().await.unwrap();
        incoming.write(&Bytes::from_static(b"half a fi")).await.unwrap();
        Storage::open(folder.path()).unwrap();
        incoming.write(&Bytes::from_static(b"le")).await.unwrap();
        assert_eq!(incoming.keep().await.unwrap().size, 11);
    }
}
