using System.Collections.Immutable;

namespace XoBlazor.App.Components.Consoles;

/// <summary>What the browser heard about its console: a message of the socket as it came, or <c>lost</c> and <c>full</c> of its own.</summary>
/// <param name="Type"><c>open</c>, <c>viewers</c>, <c>state</c>, <c>rights</c>, <c>end</c>, <c>full</c>.</param>
/// <param name="State">With <c>state</c>: <c>connecting</c>, <c>live</c>, <c>waiting</c>, <c>lost</c>.</param>
/// <param name="Text">Words for people.</param>
/// <param name="Code">Why it ended, for programs.</param>
/// <param name="Viewers">Who is watching, by name.</param>
/// <param name="Clipboard">With <c>open</c> and <c>rights</c>: whether clipboards are exchanged.</param>
/// <param name="On">With <c>full</c>: whether it fills the whole screen.</param>
public sealed record ConsoleNews(
    string Type, string? State = null, string? Text = null, string? Code = null, bool ViewOnly = false, bool Clipboard = true, ImmutableArray<string>? Viewers = null, bool On = false);
