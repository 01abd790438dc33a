using Garam.Platform.Identity.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Garam.Platform.Identity;

/// <summary>Puts what says who somebody is into the host's services.</summary>
internal static class CredentialRegistration
{
    public static void AddCredentials(this IServiceCollection services, GaramNode node)
    {
        var credentials = node.Credentials;
        services.AddSingleton(credentials.Audit);
        services.AddSingleton(credentials.Users);
        services.AddSingleton(credentials.Passwords);
        services.AddSingleton(credentials.Limits);
        services.AddSingleton(credentials.SignIn);
        services.AddSingleton(credentials.Setup);
        SessionCookie.AddTo(services, node);
    }
}
