using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Details;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Travel;
using XoBlazor.Core.Journal;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;
using PoolPicture = XoBlazor.Core.Store.PoolPicture;

namespace XoBlazor.App.Components.Journal;

/// <summary>Shows one <see cref="JournalEntry"/>.</summary>
public sealed partial class EntryView
{
    [Parameter, EditorRequired]
    public JournalEntry Entry { get; set; } = default!;

    /// <summary>Where names are looked up; null when the pool is not here any more.</summary>
    [Parameter, EditorRequired]
    public PoolPicture? Pool { get; set; }

    /// <summary>False on the object's own page.</summary>
    [Parameter]
    public bool ShowsObject { get; set; }

    /// <summary>XAPI's book-keeping, too.</summary>
    [Parameter]
    public bool ShowsAll { get; set; }

    /// <summary>What may have caused the entry; null where that is not asked.</summary>
    [Parameter]
    public Causes? Causes { get; set; }

    [Inject]
    private ViewedActs Acts { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private List<ChangeLine> Lines { get; set; } = [];

    /// <summary>The object's page, or without one this page, as of the entry.</summary>
    private string At
    {
        get
        {
            var page = ShowsObject && Pool?.GetByUuid(Entry.Uuid) is { } there && ObjectUrl.Of(Pool.Uuid, there) is { } url
                ? Navigation.ToAbsoluteUri(url).AbsoluteUri : Navigation.Uri;
            return TimeTravel.Address(page, Entry.Time);
        }
    }

    private string Verb => Entry.Kind switch
    {
        EntryKind.Added => "was made",
        EntryKind.Modified => "changed",
        EntryKind.Removed => Entry.Origin == EntryOrigin.Forgotten ? "left with its pool" : "was deleted",
        EntryKind.Marker => "",
    };

    private string IconName => Entry.Kind switch
    {
        EntryKind.Added => "plus",
        EntryKind.Modified => "edit",
        EntryKind.Removed => "remove",
        EntryKind.Marker => "warning",
    };

    private string Tone => Entry.Kind switch
    {
        EntryKind.Added => "tone-good",
        EntryKind.Removed => "tone-bad",
        EntryKind.Modified or EntryKind.Marker => "tone-idle",
    };

    private string Origin => Entry.Origin switch
    {
        EntryOrigin.Events => "The host told at that time",
        EntryOrigin.Listing => "Seen when the pool was read anew",
        EntryOrigin.Forgotten => "The pool was taken out of XoBlazor",
        EntryOrigin.AfterGap => "The sum of several changes",
    };

    /// <summary>Whether anything but book-keeping is in an entry.</summary>
    public static bool IsTelling(JournalEntry entry) =>
        entry.Kind != EntryKind.Modified || entry.Fields.IsEmpty || entry.Fields.Any(f => !FieldMeaning.IsBookkeeping(f.Field));

    protected override void OnParametersSet()
    {
        var text = new FieldText(Pool, Zone);
        var codec = XapiCodec.Find(Entry.Class);
        var lines = Entry.Fields.Where(f => f.Field != "uuid" && (ShowsAll || !FieldMeaning.IsBookkeeping(f.Field)))
            .SelectMany(f => text.Lines(codec?.FindField(f.Field), f.Field, f.Old, f.New));
        Lines = [.. lines];
    }
}
