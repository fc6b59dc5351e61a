using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Live;
using XoBlazor.App.Components.Operations;
using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Access;

namespace XoBlazor.App.Components.Settings.Grants;

/// <summary>Shows grants and takes them back, after telling what that causes.</summary>
public sealed partial class GrantTable
{
    private string? _refusal;

    [Parameter, EditorRequired]
    public ImmutableArray<GrantLine> Grants { get; set; } = [];

    [Parameter, EditorRequired]
    public string Empty { get; set; } = "";

    /// <summary>In a list of everybody's grants.</summary>
    [Parameter]
    public bool ShowsSubject { get; set; }

    /// <summary>The user whose grants these are, those through groups included; null elsewhere.</summary>
    [Parameter]
    public Guid? User { get; set; }

    [Parameter]
    public bool MayChange { get; set; }

    [Inject]
    private GrantAdministration Administration { get; set; } = default!;

    [Inject]
    private AdministrationReader Reader { get; set; } = default!;

    [Inject]
    private CircuitView View { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    protected override bool IsDifferent(Scene before) => false;

    private static string SubjectUrl(GrantLine grant) => $"/settings/{(grant.Kind == SubjectKind.User ? "users" : "groups")}/{grant.SubjectId}";

    private async Task RemoveAsync(GrantLine grant)
    {
        _refusal = null;
        var where = ScopeWords.Of(grant.Scope, Scene);
        var consequence = await ConsequenceAsync(grant, where);
        if (!await TypeToConfirm.AskAsync(Dialogs, $"Take {grant.Role} from {grant.Subject}?", "Remove", null, builder => Consequence.Draw(builder, consequence)))
            return;
        try
        {
            await Administration.RemoveAsync(await Actions.RequesterAsync(), grant.Id, CancellationToken.None);
        }
        catch (AdministrationRefusedException refused)
        {
            _refusal = refused.Message;
        }
    }

    private async Task<string> ConsequenceAsync(GrantLine grant, string where)
    {
        var (who, isOne) = (grant.Subject, true);
        if (grant.Kind == SubjectKind.Group)
        {
            var members = (await Reader.GroupAsync(grant.SubjectId, CancellationToken.None))?.Members ?? 0;
            (who, isOne) = ($"{Words.Count(members, "member")} of {grant.Subject}", members == 1);
        }

        var reach = grant.Scope is { } scope ? $" It reaches {Words.Count(ScopeReach.CountVms(View.Objects, scope), "VM")} at the moment." : "";
        return $"{who} lose{(isOne ? "s" : "")} {grant.Role} on {where}.{reach} Open pages lose what only this grant shows within two seconds; what other grants give stays.";
    }
}
