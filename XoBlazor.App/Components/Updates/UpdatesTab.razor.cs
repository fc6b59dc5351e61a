using Microsoft.AspNetCore.Components;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;
using XoBlazor.Core.Patching;
using XoBlazor.Core.Store;

namespace XoBlazor.App.Components.Updates;

/// <summary>The missing updates of a host, or of a pool.</summary>
public sealed partial class UpdatesTab
{
    /// <summary>Who looks at the page sees an answer of the last hours; who asks for a new one gets one that is no older than this.</summary>
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(5);

    private List<UpdateLine> _lines = [];
    private HostUpdates?[] _shown = [];
    private bool _isLooking;

    [Parameter, EditorRequired]
    public PoolPicture Picture { get; set; } = default!;

    /// <summary>The host, or the pool.</summary>
    [Parameter, EditorRequired]
    public XapiObject Target { get; set; } = default!;

    [Inject]
    private IMissingUpdates Missing { get; set; } = default!;

    [Inject]
    private OperationCatalogue Catalogue { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override bool FollowsTime => true;

    private bool IsPool => Target is Pool;

    private List<Host> Hosts { get; set; } = [];

    private bool IsKnown => _shown.Any(one => one?.AsOf is not null);

    private DateTimeOffset? AsOf => _shown.Min(one => one?.AsOf);

    private long? TotalSize => _lines.Sum(line => line.Update.Size ?? 0) is > 0 and var sum ? sum : null;

    private IEnumerable<(Host Host, HostUpdates Lacks)> Problems => Hosts.Zip(_shown).Where(one => one.Second?.Problem is not null).Select(one => (one.First, one.Second!));

    private IEnumerable<string> Warnings => _shown.Where(one => one is { Problem: null }).Select(one => one!.Warning).OfType<string>().Distinct(StringComparer.Ordinal);

    private IReadOnlyList<SkippedUpdate> Skipped => [.. _shown.SelectMany(one => one?.Skipped ?? []).Distinct()];

    /// <summary>Null for a host whose generation is brought up to date with the whole pool.</summary>
    private Operation? Install => Catalogue.Find(IsPool ? "pool.install_updates" : "host.install_updates") is { } install && install.IsFor(Target) ? install : null;

    /// <summary>Null where the hosts fetch their updates themselves.</summary>
    private Operation? InstallFile => Catalogue.Find("pool.install_update_file") is { } file && file.IsFor(Picture, Target) ? file : null;

    protected override async Task OnParametersSetAsync()
    {
        Hosts = Target is Host one ? [one] : [.. Picture.All<Host>().OrderBy(host => host.NameLabel, StringComparer.OrdinalIgnoreCase)];
        Read();
        if (!_isLooking && _shown.Any(known => known is null))
            await AskAsync(isOnlyUnknown: true);
    }

    // What hosts are named and need comes with the page's own parameters.
    protected override bool IsDifferent(Scene before) => false;

    protected override bool IsOlder()
    {
        var before = _shown;
        Read();
        return !before.AsSpan().SequenceEqual(_shown, ReferenceEqualityComparer.Instance);
    }

    private HostUpdates? Last(Host host) => Missing.Last(Picture.Key(host));

    private string? Reason(Operation operation) => Scene.IsPast ? OperationBar.PastReason
        : IsKnown && _lines.Count == 0 && !Problems.Any() ? "Nothing is missing." : Actions.Obstacle(operation, Picture, Target);

    private Task LookAsync() => _isLooking ? Task.CompletedTask : AskAsync(isOnlyUnknown: false);

    private async Task AskAsync(bool isOnlyUnknown)
    {
        _isLooking = true;
        try
        {
            await Task.WhenAll(Hosts.Where(host => !isOnlyUnknown || Last(host) is null).Select(host => Missing.LookAsync(Picture.Key(host), s_again, Gone)));
        }
        catch (OperationCanceledException)
        {
            return;
        }
        finally
        {
            _isLooking = false;
        }

        Read();
    }

    private void Read()
    {
        _shown = [.. Hosts.Select(Last)];
        _lines = UpdateLine.Of(Hosts, _shown);
    }
}
