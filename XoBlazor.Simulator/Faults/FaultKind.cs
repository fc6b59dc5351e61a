namespace XoBlazor.Simulator.Faults;

/// <summary>
/// Every way in which the simulator can misbehave on demand. On the wire the names are written in kebab case (<c>drop-connections</c>);
/// <c>docs/simulator.md</c> says what each does.
/// </summary>
public enum FaultKind
{
    /// <summary>Cuts every open connection now; new ones are served.</summary>
    DropConnections,

    /// <summary>Closes every connection and refuses new ones for some seconds.</summary>
    Refuse,

    /// <summary>Takes a call and never answers it.</summary>
    Hang,

    /// <summary>Answers a call some seconds late.</summary>
    Delay,

    /// <summary>Sends the first bytes of an answer, then cuts the connection.</summary>
    Truncate,

    /// <summary>Answers a call with an HTML page and status 500.</summary>
    Html500,

    /// <summary>Answers a call with text that is not JSON, status 200.</summary>
    MalformedJson,

    /// <summary>Forgets every session: the next call of each gets SESSION_INVALID.</summary>
    SessionInvalid,

    /// <summary>The toolstack restarts: refused for some seconds; sessions, tasks and remembered deletions are gone.</summary>
    ToolstackRestart,

    /// <summary>Another host becomes the coordinator; the old address answers HOST_IS_SLAVE.</summary>
    MoveCoordinator,

    /// <summary>Deletions happen from now on without an event; only valid_ref_counts tells.</summary>
    LoseDeletions,

    /// <summary>New connections are served with a new TLS certificate.</summary>
    ChangeCertificate,

    /// <summary>Answers carry classes, fields and enum values that no datamodel knows.</summary>
    UnknownShapes,

    /// <summary>Every event of a batch is sent twice.</summary>
    DuplicateEvents,

    /// <summary>The events of a batch are sent in another order.</summary>
    ReorderEvents,

    /// <summary>A stream of a VM or disk stands still after so many bytes.</summary>
    StreamStall,

    /// <summary>A stream's connection is cut after so many bytes; its task fails.</summary>
    StreamCut,

    /// <summary>A stream's task fails after so many bytes, or at the end, long after status 200.</summary>
    StreamFailure,

    /// <summary>A download ends after so many bytes, and its task says that all went well.</summary>
    StreamShort,

    /// <summary>A stream passes only so many bytes a second.</summary>
    StreamSlow,

    /// <summary>The export of a VM carries one wrong checksum.</summary>
    StreamChecksum,

    /// <summary>A stream's request is sent to another member, reachable storage or not.</summary>
    StreamRedirect,

    /// <summary>A call fails with a given error, on any or on one host, after so many that go well.</summary>
    CallFailure,

    /// <summary>The next host that reboots takes some seconds longer.</summary>
    SlowBoot,

    /// <summary>The next host that reboots does not come back.</summary>
    NoReturn,

    /// <summary>A host that is away comes back now.</summary>
    HostReturn,

    /// <summary>The updater of an XCP-ng host is busy with something else.</summary>
    UpdaterBusy,

    /// <summary>The updater of an XCP-ng host fails as when its package source is out of reach.</summary>
    UpdaterError,
}
