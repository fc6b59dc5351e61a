using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Passwords;
using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Accounts.Resets;
using XoBlazor.App.Accounts.SecondFactors;
using XoBlazor.App.Accounts.Steps;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Accounts;

/// <summary>Registers accounts, sign-in and the rule that everything needs sign-in unless it says otherwise.</summary>
internal static class AccountServices
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SignInSessions>();
        services.AddHostedService<SessionLoop>();
        services.AddSingleton<OwnAccount>();
        services.AddSingleton<AccountReset>();
        services.AddSingleton<ResetMailbox>();
        services.AddHostedService<ResetLoop>();
        services.AddSingleton<AddressDelay>();
        services.AddSingleton<DelayedAttempts>();
        services.AddHostedService(provider => provider.GetRequiredService<DelayedAttempts>());
        services.AddDirectoryAccounts();
        services.AddProviders();
        services.AddSingleton<SignInAudit>();
        services.AddSingleton<GuessTurns>();
        services.AddSingleton<HashingGate>();
        services.AddScoped<PasswordCheck>();
        services.AddSingleton<StrangerLocks>();
        services.AddScoped<PersonGuesses>();
        services.AddScoped<SignInProof>();
        services.AddScoped<SignInFinish>();
        services.AddSingleton<PendingSignIns>();
        services.AddScoped<SignInSteps>();
        services.AddScoped<AccountFactors>();
        services.AddScoped(provider => (IUserAuthenticatorKeyStore<Account>)provider.GetRequiredService<IUserStore<Account>>());
        services.Configure<IdentityPasskeyOptions>(passkeys => passkeys.ValidateOrigin = asked => ValueTask.FromResult(IsOurs(asked)));
        services.AddSignalR(hubs => hubs.AddFilter<CircuitUse>());
        services.AddSingleton<SetUpCode>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<IGreetingLine>(provider => provider.GetRequiredService<FirstAdministrator>());
        services.AddScoped<CircuitHandler, OpenConnections.Leaving>();
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddIdentityCore<Account>(SetRules)
            .AddEntityFrameworkStores<AppDatabase>()
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<PasswordRules>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<ListenPlan, IOptions<SignInOptions>>(SetCookie);
        services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<ListenPlan>((antiforgery, plan) =>
        {
            antiforgery.Cookie.Name = Prefix(plan) + "xo-form";
            antiforgery.Cookie.SecurePolicy = Policy(plan);
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Authentication and what hangs on it, in their order.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseOpenConnections();
        app.UseAntiforgery();
    }

    private static void SetRules(IdentityOptions identity)
    {
        // What a password must be is said by PasswordRules alone; forced digits and signs only make it guessable in another way.
        identity.Password = new PasswordOptions
        {
            RequiredLength = 1,
            RequiredUniqueChars = 1,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        // Failures are only counted there; how long they lock is PasswordCheck's.
        identity.Lockout.MaxFailedAccessAttempts = int.MaxValue;
        identity.User.AllowedUserNameCharacters = "";
    }

    private static void SetCookie(CookieAuthenticationOptions cookie, ListenPlan plan, IOptions<SignInOptions> signIn)
    {
        cookie.Cookie.Name = Prefix(plan) + "xo-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = Policy(plan);
        // Whether it is still used, the session knows; most use happens inside circuits, which cannot renew a cookie.
        cookie.ExpireTimeSpan = signIn.Value.Longest;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = SignInEndpoints.Path;
        cookie.ReturnUrlParameter = SignInEndpoints.ReturnParameter;
        cookie.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = context =>
            {
                var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInSessions>();
                if (context.Principal is null || !sessions.IsAlive(context.Principal))
                    context.RejectPrincipal();
                else if (!context.Request.Path.StartsWithSegments(OpenConnections.Circuits, StringComparison.OrdinalIgnoreCase))
                    sessions.Use(context.Principal);
                return Task.CompletedTask;
            },
            OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized),
            OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden),
        };
    }

    // A person is led to the sign-in page; a program gets the status it understands.
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var request = context.Request;
        var isPerson = HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (isPerson && status == StatusCodes.Status401Unauthorized)
            context.Response.Redirect($"{SignInEndpoints.Path}?{SignInEndpoints.ReturnParameter}={Uri.EscapeDataString(request.Path + request.QueryString)}");
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static bool IsOurs(PasskeyOriginValidationContext asked) =>
        !asked.CrossOrigin && string.Equals(asked.Origin, $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}", StringComparison.OrdinalIgnoreCase);

    // With HTTPS the browser itself keeps the cookie to this host. Behind a proxy we see plain HTTP and follow the forwarded scheme.
    private static string Prefix(ListenPlan plan) => plan.HasHttps ? "__Host-" : "";

    private static CookieSecurePolicy Policy(ListenPlan plan) => plan.HasHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
