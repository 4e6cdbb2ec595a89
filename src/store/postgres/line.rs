//! A connection to the server, on which statements are sent without waiting for each answer.
//!
//! A claim is a dozen statements, and hardly one of them needs the answer to the one before. Asked one
//! after the other, each is a question to another process and its answer. So what nobody reads is sent
//! ahead, in order, and its answers are looked at before the next one that is waited for, at the latest
//! before the commit.
//!
//! The driver wants a task that carries bytes to and fro. Here whoever waits carries them: a word to
//! another task, and one back, would take as long as the server does.

use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, MaybeDone, maybe_done, try_join_all};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, Row, Statement as Prepared};

use super::server::{Server, Wire};
use crate::store::fault::{Fault, Refused};
use crate::store::row::Record;
use crate::store::statements::Statement;
use crate::store::value::Value;

/// A connection to the server.
pub(in crate::store) struct Line {
    client: Arc<Client>,
    /// None once it is cut.
    wire: Option<Box<Wire>>,
    prepared: HashMap<&'static str, Prepared>,
    ahead: VecDeque<Ahead>,
}

/// A statement that was sent, and whose answer nobody has looked at.
struct Ahead {
    touched: MaybeDone<BoxFuture<'static, Result<u64, Error>>>,
    /// What it means that it touched no row, if that means anything.
    otherwise: Option<Refused>,
}

impl Line {
    /// Connects.
    pub(super) async fn to(server: &Server) -> Result<Self, Error> {
        let (client, wire) = server.connect().await?;
        Ok(Self {
            client: Arc::new(client),
            wire: Some(Box::new(wire)),
            prepared: HashMap::new(),
            ahead: VecDeque::new(),
        })
    }

    /// Whether nothing can be asked on it any more.
    pub(super) fn is_cut(&self) -> bool {
        self.wire.is_none() || self.client.is_closed()
    }

    /// Hangs up: the server undoes what was begun.
    pub(super) fn cut(&mut self) {
        self.wire = None;
        self.ahead.clear();
    }

    /// Whether the server is still there.
    pub(super) async fn ping(&mut self) -> Result<(), Fault> {
        self.control("").await
    }

    /// Runs a statement; answers how many rows it touched.
    pub(in crate::store) async fn execute(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<u64, Fault> {
        let prepared = self.prepared(statement, values).await?;
        let client = Arc::clone(&self.client);
        let asked = async move {
            let values = values.iter().map(bound);
            client.execute_raw(&prepared, values).await
        };
        self.ask(asked).await
    }

    /// All rows a statement gives.
    pub(in crate::store) async fn fetch_all<T: Record>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Vec<T>, Fault> {
        let rows = self.rows(statement, values).await?;
        let read = rows.iter().map(T::of_server);
        read.collect::<Result<_, _>>().map_err(Fault::Misread)
    }

    /// The same, as the driver has them.
    pub(super) async fn rows(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Vec<Row>, Fault> {
        let prepared = self.prepared(statement, values).await?;
        let client = Arc::clone(&self.client);
        let asked = async move {
            let values: Vec<_> = values.iter().map(bound).collect();
            client.query(&prepared, &values).await
        };
        self.ask(asked).await
    }

    /// Sends a statement ahead. If it touches no row, and that matters, the transaction is refused.
    pub(in crate::store) async fn send(
        &mut self,
        statement: Statement,
        values: &[Value],
        otherwise: Option<Refused>,
    ) -> Result<(), Fault> {
        let prepared = self.prepared(statement, values).await?;
        let client = Arc::clone(&self.client);
        let values = values.to_vec();
        let asked = async move {
            let values = values.iter().map(bound);
            client.execute_raw(&prepared, values).await
        };
        self.send_ahead(asked.boxed(), otherwise).await;
        Ok(())
    }

    /// Begins a transaction, with these words.
    pub(super) async fn begin(&mut self, sql: &'static str) {
        let client = Arc::clone(&self.client);
        let begun = async move { client.batch_execute(sql).await.map(|()| 0) };
        self.send_ahead(begun.boxed(), None).await;
    }

    /// Keeps the transaction, if nothing of what was sent ahead was refused.
    pub(super) async fn commit(&mut self) -> Result<(), Refused> {
        self.settle().await?;
        Ok(self.control("COMMIT").await?)
    }

    /// Undoes the transaction.
    pub(super) async fn roll_back(&mut self) -> Result<(), Fault> {
        self.ahead.clear();
        self.control("ROLLBACK").await
    }

    /// Lets the server check statements against the schema. What it makes of them is of no use to others:
    /// the kinds of their values are not said.
    pub(super) async fn check(
        &mut self,
        statements: impl Iterator<Item = Statement>,
    ) -> Result<(), Fault> {
        let client = Arc::clone(&self.client);
        let all = statements.map(|statement| client.prepare(statement.sql()));
        self.carry(pin!(try_join_all(all))).await.map(drop)
    }

    async fn control(&mut self, sql: &str) -> Result<(), Fault> {
        let client = Arc::clone(&self.client);
        self.carry(pin!(client.batch_execute(sql))).await
    }

    /// A statement as the server knows it on this connection.
    async fn prepared(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Prepared, Fault> {
        let sql = statement.sql();
        if let Some(prepared) = self.prepared.get(sql) {
            return Ok(prepared.clone());
        }
        let kinds: Vec<Type> = values.iter().map(kind).collect();
        let client = Arc::clone(&self.client);
        let prepared = self.ask(client.prepare_typed(sql, &kinds)).await?;
        self.prepared.insert(sql, prepared.clone());
        Ok(prepared)
    }

    /// Sends a question, and waits for its answer when those to all before have been looked at.
    async fn ask<T>(&mut self, asked: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
        let mut asked = pin!(maybe_done(asked));
        begin(asked.as_mut()).await;
        self.settle().await?;
        self.finish(asked.as_mut()).await
    }

    async fn send_ahead(
        &mut self,
        asked: BoxFuture<'static, Result<u64, Error>>,
        otherwise: Option<Refused>,
    ) {
        let mut touched = maybe_done(asked);
        begin(Pin::new(&mut touched)).await;
        self.ahead.push_back(Ahead { touched, otherwise });
    }

    /// Looks at the answers to what was sent ahead, in order: the first that is bad is the cause of
    /// those after it.
    async fn settle(&mut self) -> Result<(), Refused> {
        while let Some(mut sent) = self.ahead.pop_front() {
            let touched = self.finish(Pin::new(&mut sent.touched)).await?;
            if let (0, Some(refused)) = (touched, sent.otherwise) {
                return Err(refused);
            }
        }
        Ok(())
    }

    async fn finish<T, F: Future<Output = Result<T, Error>>>(
        &mut self,
        mut asked: Pin<&mut MaybeDone<F>>,
    ) -> Result<T, Fault> {
        let answered = poll_fn(|context| {
            let done = asked.as_mut().poll(context);
            done.map(|()| asked.as_mut().take_output().transpose())
        });
        let answer = self.carry(pin!(answered)).await?;
        answer.ok_or(Fault::Inconsistent(
            "an answer of the server was read twice",
        ))
    }

    /// Carries bytes to and fro until this has its answer.
    async fn carry<T, F: Future<Output = Result<T, Error>>>(
        &mut self,
        mut asked: Pin<&mut F>,
    ) -> Result<T, Fault> {
        let broken = {
            let wire = self.wire.as_mut().ok_or(Fault::Cut)?;
            let carried = poll_fn(|context| {
                loop {
                    if let Poll::Ready(answer) = asked.as_mut().poll(context) {
                        return Poll::Ready(Ok(answer));
                    }
                    match wire.poll_message(context) {
                        Poll::Ready(Some(Ok(message))) => {
                            tracing::debug!(?message, "the server has said something by itself");
                        }
                        Poll::Ready(Some(Err(error))) => return Poll::Ready(Err(Some(error))),
                        Poll::Ready(None) => return Poll::Ready(Err(None)),
                        Poll::Pending => return asked.as_mut().poll(context).map(Ok),
                    }
                }
            });
            match carried.await {
                Ok(answer) => return Ok(answer?),
                Err(broken) => broken,
            }
        };
        // What came before it broke is the answer, such as why the server hung up.
        self.cut();
        match (asked.await, broken) {
            (Err(error), Some(broken)) if error.is_closed() => Err(broken.into()),
            (answer, _) => Ok(answer?),
        }
    }
}

/// Has a question sent, as far as it goes without an answer.
async fn begin<F: Future>(mut asked: Pin<&mut MaybeDone<F>>) {
    poll_fn(|context| {
        // It is asked again by whoever carries.
        let _ = asked.as_mut().poll(context);
        Poll::Ready(())
    })
    .await;
}

fn bound(value: &Value) -> &(dyn ToSql + Sync) {
    match value {
        Value::Number(number) => number,
        Value::Text(text) => text,
    }
}

fn kind(value: &Value) -> Type {
    match value {
        Value::Number(_) => Type::INT8,
        Value::Text(_) => Type::TEXT,
    }
}
