namespace XoBlazor.App.Data;

/// <summary>A pool the administrator added: where it is and how to log in. The password is sealed, see <see cref="Sealed"/>.</summary>
public sealed class PoolEntry
{
    /// <summary>Our own id; the pool's uuid is known only after the first contact.</summary>
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>The address the administrator typed, <c>host</c> or <c>host:port</c>.</summary>
    public required string Address { get; set; }

    /// <summary>The XAPI user, usually <c>root</c>.</summary>
    public required string UserName { get; set; }

    /// <summary>The XAPI password, sealed.</summary>
    public required string SealedPassword { get; set; }

    /// <summary>False: kept, but not connected.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The pool's uuid, once known: a pool added twice by two members' addresses is recognised by it.</summary>
    public string? PoolUuid { get; set; }

    /// <summary>The pool's name when it was last seen, to have a word for it while it is out of reach.</summary>
    public string? Label { get; set; }

    /// <summary>Addresses of all members when last seen, for fail-over after a restart; separated by spaces.</summary>
    public string Members { get; set; } = "";

    /// <summary>Accepted certificates: lines of <c>address sha256</c>.</summary>
    public string Fingerprints { get; set; } = "";

    /// <summary>When it was added.</summary>
    public required DateTimeOffset Added { get; init; }
}
