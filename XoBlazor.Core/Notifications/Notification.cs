using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using XoBlazor.Core.Store;

namespace XoBlazor.Core.Notifications;

/// <summary>One thing that a rule tells of, before anybody is chosen to hear it. Immutable.</summary>
public sealed record Notification
{
    /// <summary>The longest title and text that are kept, in UTF-16 units.</summary>
    public const int LongestTitle = 200;

    /// <inheritdoc cref="LongestTitle"/>
    public const int LongestText = 2_000;

    /// <summary>Made of what it tells (<see cref="IdOf"/>): the same thing told twice has the same id, however often the server was started between.</summary>
    public required Guid Id { get; init; }

    public required Guid Rule { get; init; }

    public required NotificationKind Kind { get; init; }

    public required NotificationSeverity Severity { get; init; }

    /// <summary>One line.</summary>
    public required string Title { get; init; }

    public string Text { get; init; } = "";

    /// <summary>What beginning, reminders and end of one thing have in common; its own id for what just happened.</summary>
    public required Guid Incident { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The uuid of the pool that it lies in; null for the server's own matters.</summary>
    public string? Pool { get; init; }

    /// <summary>The object that it is about. Null for one of the server's own matters.</summary>
    public ObjectKey? About { get; init; }

    /// <summary>The object's class, as the wire calls it.</summary>
    public string? Class { get; init; }

    /// <summary>The name of the right on the server as a whole without which nobody hears of it; null where <see cref="About"/> decides.</summary>
    public string? Right { get; init; }

    public static Guid IdOf(Guid rule, string key, NotificationKind kind, DateTimeOffset? at = null)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{rule:N}\n{kind}\n{at?.UtcTicks}\n{key}"), hash);
        // A name-based one of version 8, so that it is a proper UUID everywhere.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(BinaryPrimitives.ReadUInt32BigEndian(hash), BinaryPrimitives.ReadUInt16BigEndian(hash[4..]), BinaryPrimitives.ReadUInt16BigEndian(hash[6..]), hash[8], hash[9], hash[10], hash[11], hash[12], hash[13], hash[14], hash[15]);
    }
}
