//! A line that can be cut: a port on loopback behind which the other end may be reached, refuse to
//! be called, never answer, or break off. For what goes wrong below HTTP and below SQL.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream, UnixStream};
use tokio::sync::watch;

/// How the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quality {
    /// Everything passes.
    Good,
    /// Calls are refused, and those under way are cut.
    Refuses,
    /// Calls are accepted, and nothing ever comes; those under way fall silent.
    Silent,
    /// Of each answer only so many bytes come, then the line is cut.
    BreaksOffAfter(usize),
    /// Each piece of an answer comes twice.
    Stutters,
}

/// Where the line leads.
#[derive(Debug, Clone)]
pub(crate) enum End {
    Port(SocketAddr),
    Socket(PathBuf),
}

/// A line.
pub(crate) struct Line {
    pub(crate) address: SocketAddr,
    quality: Arc<watch::Sender<Quality>>,
}

impl Line {
    /// A good line to there.
    pub(crate) async fn to(end: End) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let quality = Arc::new(watch::Sender::new(Quality::Good));
        let kept = Arc::clone(&quality);
        #[allow(clippy::disallowed_methods)] // it ends with the test's runtime
        tokio::spawn(keep(listener, address, end, kept));
        Self { address, quality }
    }

    /// How the line is from now on.
    pub(crate) fn becomes(&self, quality: Quality) {
        self.quality.send_replace(quality);
    }
}

/// Listens as long as calls are not refused.
async fn keep(
    mut listener: TcpListener,
    address: SocketAddr,
    end: End,
    quality: Arc<watch::Sender<Quality>>,
) {
    let mut changes = quality.subscribe();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => Some(accepted),
            refuses = changes.wait_for(|it| *it == Quality::Refuses) => {
                drop(refuses.unwrap());
                None
            }
        };
        let Some(accepted) = accepted else {
            drop(listener);
            let back = changes.wait_for(|it| *it != Quality::Refuses).await;
            drop(back.unwrap());
            listener = listen_again(address);
            continue;
        };
        let (near, _) = accepted.unwrap();
        let (end, quality) = (end.clone(), quality.subscribe());
        #[allow(clippy::disallowed_methods)] // it ends with the connection, or the test's runtime
        tokio::spawn(async move {
            // Whoever hung up has hung up.
            let _ = connect(near, end, quality).await;
        });
    }
}

/// On the port of before, although connections of before may linger.
fn listen_again(address: SocketAddr) -> TcpListener {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_reuseaddr(true).unwrap();
    socket.bind(address).unwrap();
    socket.listen(128).unwrap()
}

type Reader = Pin<Box<dyn AsyncRead + Send>>;
type Writer = Pin<Box<dyn AsyncWrite + Send>>;

async fn call(end: End) -> io::Result<(Reader, Writer)> {
    Ok(match end {
        End::Port(address) => {
            let (reader, writer) = TcpStream::connect(address).await?.into_split();
            (Box::pin(reader), Box::pin(writer))
        }
        End::Socket(path) => {
            let (reader, writer) = UnixStream::connect(path).await?.into_split();
            (Box::pin(reader), Box::pin(writer))
        }
    })
}

/// One connection, until either side or the line ends it.
async fn connect(
    near: TcpStream,
    end: End,
    mut quality: watch::Receiver<Quality>,
) -> io::Result<()> {
    if *quality.borrow() == Quality::Silent {
        // Held open, and never answered.
        let _ = quality.wait_for(|it| *it != Quality::Silent).await;
        return Ok(());
    }
    near.set_nodelay(true)?;
    let (mut near_reader, mut near_writer) = near.into_split();
    let (mut reader, mut writer) = call(end).await?;
    let mut heard = 0;
    let (mut asked, mut answered) = (vec![0; 16_384], vec![0; 16_384]);
    loop {
        tokio::select! {
            changed = quality.changed() => {
                changed.map_err(io::Error::other)?;
                let now = *quality.borrow();
                match now {
                    Quality::Refuses => return Ok(()),
                    Quality::Silent => {
                        let _ = quality.wait_for(|it| *it != Quality::Silent).await;
                        return Ok(());
                    }
                    _ => {}
                }
            }
            count = near_reader.read(&mut asked) => {
                let count = count?;
                if count == 0 {
                    return Ok(());
                }
                heard = 0;
                writer.write_all(&asked[..count]).await?;
            }
            count = reader.read(&mut answered) => {
                let count = count?;
                if count == 0 {
                    return Ok(());
                }
                let now = *quality.borrow();
                let piece = &answered[..count];
                match now {
                    Quality::BreaksOffAfter(most) if heard + count > most => {
                        return near_writer.write_all(&piece[..most - heard]).await;
                    }
                    Quality::Stutters => {
                        near_writer.write_all(piece).await?;
                        near_writer.write_all(piece).await?;
                    }
                    _ => near_writer.write_all(piece).await?,
                }
                heard += count;
            }
        }
    }
}
