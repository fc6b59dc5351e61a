using System.Text.Json.Nodes;

namespace XoBlazor.Plugins.SignIn;

/// <summary>What a plugin says of somebody who signs in.</summary>
public abstract record SignInVerdict
{
    private SignInVerdict()
    {
    }

    internal abstract JsonNode ToJson();

    /// <summary>It is this person.</summary>
    /// <param name="Subject">What the plugin calls the person for good, and nobody else ever.</param>
    /// <param name="Name">What the person is called here.</param>
    public sealed record Person(string Subject, string Name) : SignInVerdict
    {
        /// <summary>The name for people.</summary>
        public string? DisplayName { get; init; }

        /// <summary>The mail address.</summary>
        public string? Mail { get; init; }

        /// <summary>All groups of the person, each with what the plugin calls it for good and what people call it.</summary>
        public IReadOnlyList<(string Id, string Name)> Groups { get; init; } = [];

        /// <summary>False lets the person in only with an account that is there already.</summary>
        public bool MayBeNew { get; init; } = true;

        /// <summary>When the person proved it; null when that is not known.</summary>
        public DateTimeOffset? Proven { get; init; }

        internal override JsonNode ToJson() => new JsonObject
        {
            ["subject"] = Subject,
            ["name"] = Name,
            ["displayName"] = DisplayName,
            ["mail"] = Mail,
            ["groups"] = new JsonArray([.. Groups.Select(group => new JsonObject { ["id"] = group.Id, ["name"] = group.Name })]),
            ["create"] = MayBeNew,
            ["proven"] = Proven?.ToUnixTimeSeconds(),
        };
    }

    /// <summary>It is nobody who may come in.</summary>
    /// <param name="Words">For the person, after a page of one's own; at most 300 characters.</param>
    /// <param name="Reason">For the audit.</param>
    public sealed record Refused(string? Words, string? Reason) : SignInVerdict
    {
        internal override JsonNode ToJson() => new JsonObject { ["refused"] = Words ?? "", ["reason"] = Reason };
    }
}
