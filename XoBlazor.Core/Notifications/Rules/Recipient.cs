using System.Text.Json.Serialization;

namespace XoBlazor.Core.Notifications.Rules;

/// <summary>Who hears of it. People hear of what they may view at the moment it is sent; what is sent to an address is sent as it is, and whoever writes a rule answers for that.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(User), "user")]
[JsonDerivedType(typeof(Group), "group")]
[JsonDerivedType(typeof(At), "address")]
public abstract record Recipient
{
    private Recipient()
    {
    }

    /// <summary>An account, by its lasting identifier.</summary>
    public sealed record User(string Id) : Recipient;

    /// <summary>Everybody who is in a group when it is told, and still when it is sent.</summary>
    public sealed record Group(string Id) : Recipient;

    /// <summary>What the transport understands: an e-mail address, the name of a web hook.</summary>
    public sealed record At(string Address) : Recipient;
}
