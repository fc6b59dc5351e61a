using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Details;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.App.Components.Overview;

/// <summary>The last changes as they come, those of one object that came together as one line.</summary>
public sealed partial class LastEvents
{
    private const int Most = 12;
    private const int MostLines = 3;

    private ImmutableList<RecentChange> _read = [];
    private List<Happening> _shown = [];

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    // Lines that come in a burst may not run away under the eye.
    protected override bool FollowsTime => true;

    protected override void OnParametersSet() => Read();

    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        // What went out of view goes from here, too.
        var isNew = !ReferenceEquals(_read, View.Recent) || !_shown.All(s => View.Shows(s.Change.Pool, s.Change.Change.Object));
        if (isNew)
            Read();
        return isNew;
    }

    private void Read()
    {
        _read = View.Recent;
        _shown = Happening.Of(View.SeesEverything ? _read : _read.Where(c => View.Shows(c.Pool, c.Change.Object)), Most);
    }

    // For whoever sees a part, coming into view and being made look the same.
    private string Verb(RecentChange change) => change.Change.Kind switch
    {
        ChangeKind.Added => View.SeesEverything ? "was made" : "is there now",
        ChangeKind.Removed => View.SeesEverything ? "was deleted" : "is gone",
        ChangeKind.Modified => "",
    };

    private static string Json(XapiCodec codec, XapiObject value, int field)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { SkipValidation = true }))
            codec.WriteField(writer, value, field);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private List<ChangeLine> Lines(RecentChange change)
    {
        if (change.Change is not { Kind: ChangeKind.Modified, Before: { } before, After: { } after })
            return [];
        var codec = XapiCodec.For(after.Class);
        var text = new FieldText(Scene.Pool(change.Pool)?.Picture, Zone);
        var lines = new List<ChangeLine>();
        foreach (var field in change.Fields)
            lines.AddRange(text.Lines(codec.Fields[field], codec.Fields[field].Wire, Json(codec, before, field), Json(codec, after, field)));
        return lines;
    }
}
