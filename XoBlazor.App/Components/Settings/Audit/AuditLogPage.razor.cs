using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Access;
using XoBlazor.Core.Audit;
using XoBlazor.Core.Audit.Syslog;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Components.Settings.Audit;

/// <summary>What people did, newest first, as it happens. What is asked for stands in the address.</summary>
public sealed partial class AuditLogPage
{
    private AuditActs? _shown;
    private AuditAct? _opened;
    private AuditVerdict? _verdict;
    private bool _isVerifying;
    private AuditLinks _links = new(ImmutableDictionary<SubjectId, string>.Empty, AccessPolicy.Empty, []);
    private ImmutableArray<Somebody> _people = [];
    private string? _asked;
    private string? _text;
    private string? _actor;
    private string? _category;
    private string? _outcome;
    private DateTime? _from;
    private DateTime? _to;
    private (bool IsConnected, string? Problem) _syslog;

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "actor")]
    public string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "category")]
    public string? Category { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")]
    public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public long? Before { get; set; }

    /// <summary>The record that is looked at in detail.</summary>
    [SupplyParameterFromQuery(Name = "record")]
    public long? Record { get; set; }

    public override Right Needed => AdministrationRights.ReadAudit;

    [Inject]
    private AuditLog Log { get; set; } = default!;

    [Inject]
    private SyslogForwarder Syslog { get; set; } = default!;

    [Inject]
    private IOptions<AuditOptions> Options { get; set; } = default!;

    [Inject]
    private SubjectNames Names { get; set; } = default!;

    [Inject]
    private AccessEngine Access { get; set; } = default!;

    [Inject]
    private DirectoryStore Directories { get; set; } = default!;

    [Inject]
    private OperationCatalogue Operations { get; set; } = default!;

    [Inject]
    private UserZone Zone { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsFiltered => (Text ?? Actor ?? Category ?? Outcome ?? From ?? To) is not null;

    private AuditQuery Query => new()
    {
        Text = Text,
        OrActions = AuditWords.Find(Text, Operations),
        ActorId = Actor,
        Category = Enum.TryParse<AuditCategory>(Category, out var category) ? category : null,
        Outcome = Enum.TryParse<AuditOutcome>(Outcome, out var outcome) ? outcome : null,
        From = Moment(From),
        To = Moment(To),
        Before = Before,
    };

    protected override async Task ReadAsync(CancellationToken token)
    {
        if (_asked != Navigation.Uri)
            (_asked, _text, _actor, _category, _outcome, _from, _to) = (Navigation.Uri, Text, Actor ?? "", Category ?? "", Outcome ?? "", Local(From), Local(To));
        var names = await Names.AllAsync(token);
        _links = new(names, Access.Policy, Directories.Current.Select(one => one.Id));
        var (query, record) = (Query, Record);
        // Not on the circuit's own time: a search for a text looks at every record.
        (_shown, _opened, var acted) = await Task.Run(() => (Log.ReadActs(query), record is { } number ? Log.Act(number) : null, Log.People()), token);
        _people = Somebody.Of(names, acted);
    }

    protected override bool HasAged()
    {
        var now = (Syslog.IsConnected, Syslog.Problem);
        var hasAged = now != _syslog;
        _syslog = now;
        return hasAged;
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private DateTime? Local(string? text) => Moment(text) is { } moment ? Zone.Local(moment).DateTime : null;

    private string? Universal(DateTime? local) => local is not { } time ? null
        : new DateTimeOffset(time, Zone.Zone.GetUtcOffset(time)).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Address(string name, long? value) => Navigation.GetUriWithQueryParameter(name, value);

    private void CloseRecord() => Navigation.NavigateTo(Address("record", null));

    private void Apply()
    {
        // Somebody was typed who is nobody: the field says so, and everybody's acts are no answer.
        if (_actor is null)
            return;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            ["q"] = Given(_text),
            ["actor"] = Given(_actor),
            ["category"] = Given(_category),
            ["outcome"] = Given(_outcome),
            ["from"] = Universal(_from),
            ["to"] = Universal(_to),
            ["before"] = null,
            ["record"] = null,
        }));
    }

    private async Task VerifyAsync()
    {
        (_isVerifying, _verdict) = (true, null);
        try
        {
            await ActAsync(async _ => _verdict = await Task.Run(() => Log.Verify(null, CancellationToken.None)));
        }
        finally
        {
            _isVerifying = false;
        }
    }
}
