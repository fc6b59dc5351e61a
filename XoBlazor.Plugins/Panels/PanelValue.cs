using System.Text.Json.Nodes;

namespace XoBlazor.Plugins;

/// <summary>A value in a panel. Made by its methods.</summary>
public sealed record PanelValue
{
    private PanelValue(PanelValueKind kind) => Kind = kind;

    /// <summary>What it is.</summary>
    public PanelValueKind Kind { get; }

    /// <summary>The words of a text, state or link; what stands in the place of an object that is not to be seen.</summary>
    public string Words { get; private init; } = "";

    /// <summary>Of a number or a size.</summary>
    public double Amount { get; private init; }

    /// <summary>Of a time.</summary>
    public DateTimeOffset Moment { get; private init; }

    /// <summary>Of a state.</summary>
    public PanelTone Tone { get; private init; }

    /// <summary>The uuid of the object's pool.</summary>
    public string Pool { get; private init; } = "";

    /// <summary>The object's uuid.</summary>
    public string Uuid { get; private init; } = "";

    /// <summary>Of a link.</summary>
    public string Url { get; private init; } = "";

    /// <summary>Words.</summary>
    public static PanelValue Text(string words) => new(PanelValueKind.Text) { Words = words };

    /// <summary>A number without a unit.</summary>
    public static PanelValue Number(double amount) => new(PanelValueKind.Number) { Amount = amount };

    /// <summary>A size in bytes.</summary>
    public static PanelValue Bytes(double amount) => new(PanelValueKind.Bytes) { Amount = amount };

    /// <summary>A moment.</summary>
    public static PanelValue Time(DateTimeOffset moment) => new(PanelValueKind.Time) { Moment = moment };

    /// <summary>A word with a colour.</summary>
    public static PanelValue State(PanelTone tone, string words) => new(PanelValueKind.State) { Tone = tone, Words = words };

    /// <summary>An object.</summary>
    /// <param name="otherwise">Shown where it is gone, or not to be seen by who looks.</param>
    public static PanelValue Object(string pool, string uuid, string otherwise = "") => new(PanelValueKind.Object) { Pool = pool, Uuid = uuid, Words = otherwise };

    /// <summary>An address: <c>https</c>, or a page of the console such as <c>/vms</c>.</summary>
    public static PanelValue Link(string url, string words = "") => new(PanelValueKind.Link) { Url = url, Words = words };

    /// <summary>As it goes to the server.</summary>
    public JsonNode ToJson() => Kind switch
    {
        PanelValueKind.Text => Words,
        PanelValueKind.Number or PanelValueKind.Bytes => Amount,
        PanelValueKind.Time => Moment.ToString("O"),
        PanelValueKind.State => new JsonObject { ["tone"] = Tone.ToString().ToLowerInvariant(), ["text"] = Words },
        PanelValueKind.Object => new JsonObject { ["pool"] = Pool, ["uuid"] = Uuid, ["text"] = Words },
        _ => new JsonObject { ["url"] = Url, ["text"] = Words },
    };
}
