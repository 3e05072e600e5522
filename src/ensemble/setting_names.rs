//! The keys of `zoo.cfg` by name, as tables. What is done with them is `setting`'s to say.

/// Keys that are fixed (design: "Fixed settings"), each with what to use instead.
pub(crate) const FIXED: &[(&str, &str)] = &[
    (
        "clientPort",
        "the client port is always 2181; expose another with --service-type",
    ),
    (
        "clientPortAddress",
        "the client port listens on every address of the pod",
    ),
    (
        "dataDir",
        "the data is always on the server's own disk, --storage gives its size",
    ),
    (
        "dataLogDir",
        "one disk per server: with a log disk of its own, a lost one lets a server vote from nothing",
    ),
    (
        "db.autocreate",
        "it must stay false, or a server that lost its disk votes with an empty memory",
    ),
    (
        "DigestAuthenticationProvider.superDigest",
        "the superuser's password is in the ensemble's Secret",
    ),
    (
        "dynamicConfigFile",
        "the members are kept by the servers themselves",
    ),
    (
        "electionPortBindRetry",
        "it must stay 0 (retry for ever) where addresses are Services",
    ),
    (
        "forceSync",
        "it must stay on: without it a write is acknowledged before it is on a disk, and lost with the power",
    ),
    (
        "jute.maxbuffer",
        "ZooKeeper reads it as a system property alone: --jvm-flags=-Djute.maxbuffer=BYTES, with clients the same",
    ),
    (
        "quorumListenOnAllIPs",
        "it must stay true: a pod cannot bind its Service's address",
    ),
    (
        "reconfigEnabled",
        "it must stay true, or the ensemble cannot be scaled safely",
    ),
    (
        "snapshot.trust.empty",
        "it must stay false, or a server that lost its snapshots serves without their data",
    ),
    ("skipACL", "it would open every znode to everybody"),
    (
        "standaloneEnabled",
        "it must stay false, or a single server cannot grow",
    ),
];

/// Settings of a new ensemble that a user may change.
pub(crate) const DEFAULTS: &[(&str, &str)] = &[
    (
        "4lw.commands.whitelist",
        "srvr,mntr,ruok,conf,cons,stat,envi,dirs,wchs,isro,hash,dump",
    ),
    ("admin.enableServer", "true"),
    ("admin.serverAddress", "127.0.0.1"),
    ("admin.serverPort", "8080"),
    ("autopurge.purgeInterval", "1"),
    ("autopurge.snapRetainCount", "3"),
    ("initLimit", "10"),
    ("maxClientCnxns", "60"),
    (
        "metricsProvider.className",
        "org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider",
    ),
    ("metricsProvider.httpPort", "7000"),
    ("syncLimit", "5"),
    ("tickTime", "2000"),
];

/// Other keys that ZooKeeper 3.8 and 3.9 know (administrator's guide), separated by white space.
pub(crate) const KNOWN: &str = "
    admin.commandURL admin.forceHttps admin.idleTimeout admin.needClientAuth admin.portUnification
    admin.rateLimiterIntervalInMS admin.restore.enabled admin.snapshot.enabled audit.enable authProvider.sasl
    authProvider.x509 client.portUnification clientPortListenBacklog closeSessionTxn.enabled cnxTimeout
    commitLogCount commitProcessor.maxReadBatchSize connectToLearnerMasterLimit digest.enabled
    enforce.auth.enabled enforce.auth.schemes extendedTypesEnabled fastleader.maxNotificationInterval
    fastleader.minNotificationInterval flushDelay fsync.warningthresholdms globalOutstandingLimit
    largeRequestMaxBytes largeRequestThreshold leader.closeSocketAsync leaderServes
    learner.asyncSending learner.closeSocketAsync localSessionsEnabled localSessionsUpgradingEnabled maxBatchSize
    maxCnxns maxSessionTimeout maxTimeToWaitForEpoch metricsProvider.exportJvmInfo metricsProvider.httpHost
    minSessionTimeout multiAddress.enabled multiAddress.reachabilityCheckEnabled
    netty.server.outstandingHandshake.limit observerMasterPort portUnification preAllocSize quorum.auth.enableSasl
    quorum.auth.learnerRequireSasl quorum.auth.serverRequireSasl quorumCnxnTimeoutMs requestThrottleLimit
    secureClientPort serializeLastProcessedZxid.enabled serverCnxnFactory sessionRequireClientSASLAuth
    skipACLForSuperuser snapCount snapSizeLimitInKb ssl.authProvider ssl.ciphersuites
    ssl.clientAuth ssl.enabledProtocols ssl.keyStore.location ssl.keyStore.password ssl.keyStore.passwordPath
    ssl.keyStore.type ssl.quorum.clientAuth ssl.quorum.hostnameVerification ssl.quorum.keyStore.location
    ssl.quorum.keyStore.password ssl.quorum.trustStore.location ssl.quorum.trustStore.password
    ssl.trustStore.location ssl.trustStore.password ssl.trustStore.type sslQuorum sslQuorumReloadCertFiles
    sync.enabled watchManagerName
";
