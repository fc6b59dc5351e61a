using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Components.Settings;

/// <summary>Changes how a pool is reached. The stored password never comes to the browser.</summary>
public sealed partial class EditPool
{
    private string _address = "";
    private string _user = "";
    private string _password = "";
    private string _label = "";
    private string? _problem;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public PoolSettings Settings { get; set; } = default!;

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private PoolFleet Fleet { get; set; } = default!;

    [Inject]
    private PoolAdministration Pools { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    protected override void OnInitialized() => (_address, _user, _label) = (Settings.Address, Settings.User, Settings.Label);

    private async Task SubmitAsync()
    {
        if (_isBusy || Fleet.State(Settings.Id) is not { } pool)
            return;
        (_isBusy, _problem) = (true, null);
        try
        {
            await Pools.EditAsync(await Actions.RequesterAsync(), pool, s => s with
            {
                Address = _address.Trim(),
                User = _user,
                Label = _label.Trim(),
                Password = _password.Length > 0 ? _password : s.Password,
            }, CancellationToken.None);
            await OnDone.InvokeAsync();
        }
        catch (AdministrationRefusedException refused)
        {
            _problem = refused.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}
