using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Administration;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Directories;

/// <summary>The directories in the order in which they are asked, and how each stands.</summary>
public sealed partial class DirectoriesPage
{
    private static readonly (string Kind, string Word)[] s_kinds =
    [
        (nameof(DirectoryPreset.ActiveDirectory), "Active Directory"), (nameof(DirectoryPreset.OpenLdap), "OpenLDAP"), (nameof(DirectoryPreset.FreeIpa), "FreeIPA"),
    ];

    private ImmutableArray<Line> _directories = [];

    public override Right Needed => AdministrationRights.Directories;

    [Inject]
    private DirectoryStore Store { get; set; } = default!;

    [Inject]
    private DirectorySyncRunner Runner { get; set; } = default!;

    [Inject]
    private DirectoryAdministration Administration { get; set; } = default!;

    protected override async Task ReadAsync(CancellationToken token)
    {
        var lines = ImmutableArray.CreateBuilder<Line>();
        foreach (var settings in Store.Current)
            lines.Add(new(settings, await Runner.LastAsync(settings.Id, token)));
        _directories = lines.ToImmutable();
    }

    private Task MoveAsync(Guid id, bool isEarlier) => ActAsync(requester => Administration.MoveAsync(requester, id, isEarlier, CancellationToken.None));

    private sealed record Line(DirectorySettings Settings, DirectorySyncReport? Report);
}
