using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using XoBlazor.App.Administration;
using XoBlazor.App.Components.Operations;
using XoBlazor.Core.Pools;

namespace XoBlazor.App.Components.Settings;

/// <summary>Asks for a pool's address and user, shows the certificates of hosts nobody met before, and adds the pool when it let us in.</summary>
public sealed partial class AddPool : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private string _address = "";
    private string _user = "root";
    private string _password = "";
    private string _label = "";
    private string? _problem;
    private bool _isBusy;
    private PresentedCertificate? _question;
    private ImmutableArray<PresentedCertificate> _accepted = [];

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private PoolAdministration Pools { get; set; } = default!;

    [Inject]
    private Actions Actions { get; set; } = default!;

    private bool IsComplete => _address.Trim().Length > 0 && _user.Length > 0 && _password.Length > 0;

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    private async Task SubmitAsync()
    {
        if (_isBusy || !IsComplete)
            return;
        (_isBusy, _problem) = (true, null);
        if (_question is { } confirmed)
            (_accepted, _question) = (_accepted.Add(confirmed), null);
        try
        {
            await TakeAsync(await Pools.AddAsync(await Actions.RequesterAsync(), new(_address, _user, _password, _label, _accepted), _gone.Token));
        }
        catch (AdministrationRefusedException refused)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException)
        {
            // The page was left; nothing was kept.
        }
        finally
        {
            _isBusy = false;
        }
    }

    private async Task TakeAsync(AddPoolResult result)
    {
        switch (result)
        {
            case AddPoolResult.ConfirmCertificate question:
                _question = question.Certificate;
                break;
            case AddPoolResult.AlreadyThere there:
                _problem = $"This address belongs to {there.Existing.Name}, which is here already (added as {there.Existing.Address}).";
                break;
            case AddPoolResult.Refused refused:
                _problem = refused.Problem;
                break;
            case AddPoolResult.Added:
                await OnDone.InvokeAsync();
                break;
        }
    }

    private void Back() => (_question, _accepted) = (null, []);
}
