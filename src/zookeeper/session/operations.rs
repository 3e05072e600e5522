//! The requests of a session, one method each.
//!
//! Every method's errors are [`SessionError`]'s; `version` −1 means "whatever it is".

use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;

use crate::ensemble::membership::Membership;
use crate::ensemble::membership::parse_config;
use crate::zookeeper::error::BadReply;
use crate::zookeeper::error::Code;
use crate::zookeeper::error::SessionError;
use crate::zookeeper::message::CONFIG_NODE;
use crate::zookeeper::message::CreateMode;
use crate::zookeeper::message::Reconfig;
use crate::zookeeper::message::Request;
use crate::zookeeper::message::record::Acl;
use crate::zookeeper::message::record::Stat;
use crate::zookeeper::message::reply;
use crate::zookeeper::session::Session;

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Shows the servers that the session lives.
    pub async fn ping(&mut self) -> Result<(), SessionError> {
        self.call(Request::Ping, reply::nothing).await
    }

    /// Adds a user to the session; `super` may do everything.
    ///
    /// Servers take any password without complaint: a wrong one shows as [`Code::NoAuth`] later.
    pub async fn auth_digest(&mut self, user: &str, password: &str) -> Result<(), SessionError> {
        self.call(Request::AuthDigest { user, password }, reply::nothing)
            .await
    }

    /// Makes a node and returns its path, which in sequential modes ends in a number.
    pub async fn create(
        &mut self,
        path: &str,
        data: &[u8],
        acl: &[Acl],
        mode: CreateMode,
    ) -> Result<String, SessionError> {
        self.call(
            Request::Create {
                path,
                data,
                acl,
                mode,
            },
            reply::path,
        )
        .await
    }

    /// Removes a node without children.
    pub async fn delete(&mut self, path: &str, version: i32) -> Result<(), SessionError> {
        self.call(Request::Delete { path, version }, reply::nothing)
            .await
    }

    /// A node's numbers, or `None` where there is no such node.
    pub async fn exists(&mut self, path: &str) -> Result<Option<Stat>, SessionError> {
        match self.call(Request::Exists { path }, reply::stat).await {
            Err(SessionError::Server(Code::NoNode)) => Ok(None),
            answer => answer.map(Some),
        }
    }

    /// A node's data as this server has it: [`Session::sync`] first to see the latest.
    pub async fn get_data(&mut self, path: &str) -> Result<(Vec<u8>, Stat), SessionError> {
        self.call(Request::GetData { path }, reply::data).await
    }

    /// Replaces a node's data.
    pub async fn set_data(
        &mut self,
        path: &str,
        data: &[u8],
        version: i32,
    ) -> Result<Stat, SessionError> {
        self.call(
            Request::SetData {
                path,
                data,
                version,
            },
            reply::stat,
        )
        .await
    }

    /// A node's access list.
    pub async fn get_acl(&mut self, path: &str) -> Result<(Vec<Acl>, Stat), SessionError> {
        self.call(Request::GetAcl { path }, reply::acl).await
    }

    /// Replaces a node's access list.
    pub async fn set_acl(
        &mut self,
        path: &str,
        acl: &[Acl],
        version: i32,
    ) -> Result<Stat, SessionError> {
        self.call(Request::SetAcl { path, acl, version }, reply::stat)
            .await
    }

    /// The names of a node's children, in no order.
    pub async fn get_children2(&mut self, path: &str) -> Result<(Vec<String>, Stat), SessionError> {
        self.call(Request::GetChildren2 { path }, reply::children)
            .await
    }

    /// Has the server catch up with the leader, so that the next read sees every earlier write.
    pub async fn sync(&mut self, path: &str) -> Result<(), SessionError> {
        self.call(Request::Sync { path }, reply::path)
            .await
            .map(drop)
    }

    /// The membership as this server has it: [`Session::sync`] first to see the latest.
    /// A standalone server's is empty.
    pub async fn get_config(&mut self) -> Result<Membership, SessionError> {
        let (data, _) = self.get_data(CONFIG_NODE).await?;
        membership(&data, "getData")
    }

    /// Changes the ensemble's members and returns the new membership.
    ///
    /// Success means committed, not that a joiner lives. An error that
    /// [leaves the outcome unknown](SessionError::leaves_outcome_unknown) may well stand for a done change:
    /// read [`Session::get_config`] on a new session and decide from it.
    pub async fn reconfig(&mut self, reconfig: &Reconfig) -> Result<Membership, SessionError> {
        let (data, _) = self.call(Request::Reconfig(reconfig), reply::data).await?;
        membership(&data, "reconfig")
    }

    /// Ends the session, and with it its ephemeral nodes.
    pub async fn close(mut self) -> Result<(), SessionError> {
        self.call(Request::CloseSession, reply::nothing).await
    }
}

fn membership(data: &[u8], during: &'static str) -> Result<Membership, SessionError> {
    let read = std::str::from_utf8(data).map_err(|error| error.to_string());
    let read = read.and_then(|text| parse_config(text).map_err(|error| error.to_string()));
    read.map_err(|why| SessionError::Malformed {
        during,
        source: BadReply::Config(why),
    })
}
