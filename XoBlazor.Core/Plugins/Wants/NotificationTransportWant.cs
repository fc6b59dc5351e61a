using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>Carrying messages of notification rules to where only the plugin knows the way.</summary>
/// <param name="Id">The plugin's name for it.</param>
/// <param name="Title">For people.</param>
/// <param name="Recipient">What a recipient is made of, as a schema; null where it is a text.</param>
public sealed partial record NotificationTransportWant(string Id, string Title, ConfigurationSchema? Recipient) : Want
{
    /// <summary>What a recipient is called where one is entered; null for no name of its own.</summary>
    public string? RecipientTitle { get; init; }

    /// <summary>Rules may name users and groups: recipients are e-mail addresses.</summary>
    public bool ReachesPeople { get; init; }

    /// <summary>The property of the configuration that lists the recipients, each with a <c>name</c>; null where they are not known beforehand.</summary>
    public string? Recipients { get; init; }

    public override string Text => $"notifications: carry by {Id}{(ReachesPeople ? " to people" : "")}";

    public override string Words(OperationCatalogue operations) => $"carry notifications by {ForeignText.Shown(Title)}, and read them{(ReachesPeople ? " and the e-mail addresses of the users they go to" : "")}";

    /// <summary>All wants of <c>notifications</c>.</summary>
    internal static IEnumerable<Want> From(JsonNode value)
    {
        var given = ManifestJson.Object(value, "wants.notifications");
        ManifestJson.OnlyKnown(given, ["send", "transports"], "wants.notifications.");
        if (ManifestJson.Flag(given["send"], "wants.notifications.send"))
            yield return new NotificationSendWant();
        foreach (var item in ManifestJson.Items(given["transports"], "wants.notifications.transports"))
        {
            var transport = ManifestJson.Object(item, "wants.notifications.transports");
            ManifestJson.OnlyKnown(transport, ["id", "title", "recipient", "recipientTitle", "people", "recipients"], "wants.notifications.transports.");
            var id = ManifestJson.Text(transport, "id", 64);
            if (!GoodId().IsMatch(id))
                throw new PluginException("'wants.notifications.transports.id' has to be lower-case letters, digits and dashes");
            var want = new NotificationTransportWant(id, ManifestJson.Text(transport, "title", 100), transport["recipient"] is { } schema ? Schema(schema) : null)
            {
                RecipientTitle = transport.ContainsKey("recipientTitle") ? ManifestJson.Text(transport, "recipientTitle", 100) : null,
                ReachesPeople = ManifestJson.Flag(transport["people"], "wants.notifications.transports.people"),
                Recipients = transport.ContainsKey("recipients") ? ManifestJson.Text(transport, "recipients", 64) : null,
            };
            if ((want.Recipient is not null ? 1 : 0) + (want.ReachesPeople ? 1 : 0) + (want.Recipients is not null ? 1 : 0) > 1)
                throw new PluginException("'recipient', 'people' and 'recipients' of 'wants.notifications.transports' exclude each other");
            yield return want;
        }
    }

    private static ConfigurationSchema Schema(JsonNode schema)
    {
        try
        {
            return ConfigurationSchema.Read(schema);
        }
        catch (PluginException wrong)
        {
            throw new PluginException(wrong.Message.Replace("'configuration", "'wants.notifications.transports.recipient", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex GoodId();
}
