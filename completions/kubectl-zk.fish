# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_kubectl_zk_global_optspecs
    string join \n kubeconfig= context= cluster= user= n/namespace= s/server= token= as= as-group= as-uid= as-user-extra= certificate-authority= client-certificate= client-key= tls-server-name= insecure-skip-tls-verify request-timeout= disable-compression cache-dir= v/v= color= q/quiet y/yes h/help V/version
end

function __fish_kubectl_zk_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_kubectl_zk_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_kubectl_zk_using_subcommand
    set -l cmd (__fish_kubectl_zk_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -s V -l version -d 'Print version'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "create" -d 'Create an ensemble, and wait until its servers themselves say that it has a quorum'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "status" -d 'Show how ensembles are: the verdict, the servers, what is wrong and what mends it'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "exec" -d 'Send four-letter words to the servers: to one of them raw, to several side by side'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "scale" -d 'Change how many servers vote, by reconfiguration: no acknowledged write is lost, and clients hardly notice'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "restart" -d 'Restart the servers one at a time, the leader last: no acknowledged write is lost, and clients hardly notice'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "update" -d 'Change an ensemble: image, memory, settings and all else that `create` took; servers that need it are restarted one at a time'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "diff" -d 'Show how an ensemble\'s objects differ from what it shall be, objects that others changed included'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "replace" -d 'Replace a server whose disk or node is gone: it comes back with an empty disk, and is filled by the others'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "repair" -d 'Mend what the servers themselves do not: addresses that are not their Services\' any more'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "delete" -d 'Delete an ensemble; its disks and identity stay unless --delete-data is given'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "connection-string" -d 'Print where clients connect to'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "rbac" -d 'Print the Role that verbs need, and its binding, for `kubectl apply -f -`'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "version" -d 'Print the version of the plugin, and that of the API server'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "completion" -d 'Make TAB work behind `kubectl zk`, or print a script for a shell'
complete -c kubectl-zk -n "__fish_kubectl_zk_needs_command" -f -a "options" -d 'Print the flags of every verb'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l replicas -d 'How many servers vote, 1 to 9, best an odd number; 3 if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l observers -d 'How many more servers observe, without a vote; 0 if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l storage-class -d 'StorageClass of the disks; the cluster\'s default if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l run-as-user -d 'User and group that own the data, 1000 if not given; none leaves them to the cluster (OpenShift)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l image -d 'The image: the official `zookeeper` or one with its contract; zookeeper:3.9.5 if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l image-pull-policy -d 'When the image is pulled; Kubernetes\' default if not given' -r -f -a "Always\t'At each start'
IfNotPresent\t'If the node does not have it'
Never\t'Never'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l image-pull-secret -d 'Secret to pull the image with (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l storage -d 'Size of each server\'s disk; 8Gi if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l cpu -d 'CPU request of each server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l cpu-limit -d 'CPU limit of each server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l memory -d 'Memory request and limit of each server; 1Gi if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l heap -d 'Java\'s heap; 60 % of the memory if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l jvm-flags -d 'More flags for the server\'s JVM' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l config -d 'A setting of zoo.cfg, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l config-file -d 'A file with settings of zoo.cfg; --config wins over it' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l service-type -d 'How clients reach it; inside the cluster alone if not given' -r -f -a "ClusterIP\t'Inside the cluster alone'
NodePort\t'A port of every node'
LoadBalancer\t'An address outside'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l service-annotation -d 'Annotation of the clients\' Service, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l load-balancer-source-range -d 'Addresses that the load balancer lets in, a CIDR (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l anti-affinity -d 'Whether servers keep apart from each other; preferred if not given' -r -f -a "preferred\t'If it can be'
required\t'Or they do not run'
none\t'No matter'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l topology-key -d 'Domain in which servers keep apart (can be repeated); host and zone if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l topology-spread -d 'Domain over which servers spread evenly' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l node-selector -d 'Label that a node must have, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l toleration -d 'Taint that is tolerated: KEY, KEY=VALUE, KEY:EFFECT, KEY=VALUE:EFFECT, or * (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l priority-class -d 'PriorityClass of the pods' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l pod-label -d 'Label of the pods, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l pod-annotation -d 'Annotation of the pods, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l network-policy -d 'Let only members reach the peer and election ports' -r -f -a "true\t''
false\t''"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l dry-run -d 'Only say what would be made: client, as it is without a value, prints it, server has it checked' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s o -l output -d 'How to show what was made: yaml, json, name, jsonpath=…, custom-columns=…; the status if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l timeout -d 'How long to wait' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l ephemeral -d 'Keep the data in the pods: gone with them'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l discard-data -d 'Throw the data of a deleted ensemble of this name away, and begin anew'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l with-identity -d 'With --dry-run=client: print a fresh identity (a Secret), too'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l force-conflicts -d 'Take over fields of objects that others manage'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l wait -d 'Wait until the quorum is verified (the default)'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l no-wait -d 'Do not wait: the next run, or status, tells how far it is'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand create" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s l -l selector -d 'Only ensembles whose objects have these labels' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l sort-by -d 'Sort by the field at this path, such as .ageSeconds; by namespace and name if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l chunk-size -d 'How many objects the API server sends at once; 0 for all' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s o -l output -d 'How to show it: table, wide, json, yaml, name, jsonpath=…, jsonpath-file=…, custom-columns=…, custom-columns-file=…' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l probe-timeout -d 'How long each server may take to answer' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s A -l all-namespaces -d 'Every ensemble of every namespace'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l no-headers -d 'Without the line of heads'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s w -l watch -d 'Look again every two seconds until Ctrl-C'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l exit-code -d 'Exit with 3 if an ensemble is not healthy'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand status" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l id -d 'Only the server of this id (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s o -l output -d 'json: parsed where the word\'s answer has a form' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l probe-timeout -d 'How long each server may take to answer' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l all -d 'All servers, also for words that reset something'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand exec" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l replicas -d 'How many servers vote, 1 to 9, best an odd number' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l observers -d 'How many more servers observe: they serve clients and never vote; as many as now if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l current-replicas -d 'Only if so many servers vote now' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l dry-run -d 'Only say which steps would be done: client, as it is without a value, only looks, server has the new objects checked' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s o -l output -d 'How to show it: the status if not given; json, yaml, jsonpath=…, custom-columns=… of the steps, or name' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l timeout -d 'How long it may take' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l delete-data -d 'Delete the disks of servers that are not wanted any more, those kept from before too: what is on them is gone for ever'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l force-conflicts -d 'Take over fields of objects that others manage'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand scale" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l id -d 'Only this server (can be repeated); all if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l dry-run -d 'Only say which steps would be done, and change nothing' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s o -l output -d 'How to show it: the status if not given; json, yaml, jsonpath=…, custom-columns=… of the steps, or name' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l timeout -d 'How long it may take' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand restart" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l image -d 'The image: the official `zookeeper` or one with its contract; zookeeper:3.9.5 if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l image-pull-policy -d 'When the image is pulled; Kubernetes\' default if not given' -r -f -a "Always\t'At each start'
IfNotPresent\t'If the node does not have it'
Never\t'Never'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l image-pull-secret -d 'Secret to pull the image with (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l storage -d 'Size of each server\'s disk; 8Gi if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l cpu -d 'CPU request of each server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l cpu-limit -d 'CPU limit of each server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l memory -d 'Memory request and limit of each server; 1Gi if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l heap -d 'Java\'s heap; 60 % of the memory if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l jvm-flags -d 'More flags for the server\'s JVM' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l config -d 'A setting of zoo.cfg, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l config-file -d 'A file with settings of zoo.cfg; --config wins over it' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l service-type -d 'How clients reach it; inside the cluster alone if not given' -r -f -a "ClusterIP\t'Inside the cluster alone'
NodePort\t'A port of every node'
LoadBalancer\t'An address outside'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l service-annotation -d 'Annotation of the clients\' Service, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l load-balancer-source-range -d 'Addresses that the load balancer lets in, a CIDR (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l anti-affinity -d 'Whether servers keep apart from each other; preferred if not given' -r -f -a "preferred\t'If it can be'
required\t'Or they do not run'
none\t'No matter'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l topology-key -d 'Domain in which servers keep apart (can be repeated); host and zone if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l topology-spread -d 'Domain over which servers spread evenly' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l node-selector -d 'Label that a node must have, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l toleration -d 'Taint that is tolerated: KEY, KEY=VALUE, KEY:EFFECT, KEY=VALUE:EFFECT, or * (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l priority-class -d 'PriorityClass of the pods' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l pod-label -d 'Label of the pods, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l pod-annotation -d 'Annotation of the pods, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l network-policy -d 'Let only members reach the peer and election ports' -r -f -a "true\t''
false\t''"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l unset -d 'Have a flag\'s default again (can be repeated)' -r -f -a "image\t'The plugin\'s own'
image-pull-policy\t'Kubernetes\' own policy'
image-pull-secret\t'None'
cpu\t'None'
cpu-limit\t'None'
memory\t'1Gi'
heap\t'60 % of the memory'
jvm-flags\t'None'
config\t'The plugin\'s defaults'
service-type\t'Inside the cluster alone'
service-annotation\t'None'
load-balancer-source-range\t'None'
anti-affinity\t'Preferred'
topology-key\t'Host and zone'
topology-spread\t'None'
node-selector\t'None'
toleration\t'None'
priority-class\t'None'
pod-label\t'None'
pod-annotation\t'None'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l dry-run -d 'Only say which steps would be done, and change nothing' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s o -l output -d 'How to show it: the status if not given; json, yaml, jsonpath=…, custom-columns=… of the steps, or name' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l timeout -d 'How long it may take' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l undo -d 'Go back to what it was before the last update; its size stays'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l force-conflicts -d 'Take over fields of objects that others manage'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand update" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l image -d 'The image: the official `zookeeper` or one with its contract; zookeeper:3.9.5 if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l image-pull-policy -d 'When the image is pulled; Kubernetes\' default if not given' -r -f -a "Always\t'At each start'
IfNotPresent\t'If the node does not have it'
Never\t'Never'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l image-pull-secret -d 'Secret to pull the image with (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l storage -d 'Size of each server\'s disk; 8Gi if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l cpu -d 'CPU request of each server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l cpu-limit -d 'CPU limit of each server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l memory -d 'Memory request and limit of each server; 1Gi if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l heap -d 'Java\'s heap; 60 % of the memory if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l jvm-flags -d 'More flags for the server\'s JVM' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l config -d 'A setting of zoo.cfg, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l config-file -d 'A file with settings of zoo.cfg; --config wins over it' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l service-type -d 'How clients reach it; inside the cluster alone if not given' -r -f -a "ClusterIP\t'Inside the cluster alone'
NodePort\t'A port of every node'
LoadBalancer\t'An address outside'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l service-annotation -d 'Annotation of the clients\' Service, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l load-balancer-source-range -d 'Addresses that the load balancer lets in, a CIDR (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l anti-affinity -d 'Whether servers keep apart from each other; preferred if not given' -r -f -a "preferred\t'If it can be'
required\t'Or they do not run'
none\t'No matter'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l topology-key -d 'Domain in which servers keep apart (can be repeated); host and zone if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l topology-spread -d 'Domain over which servers spread evenly' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l node-selector -d 'Label that a node must have, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l toleration -d 'Taint that is tolerated: KEY, KEY=VALUE, KEY:EFFECT, KEY=VALUE:EFFECT, or * (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l priority-class -d 'PriorityClass of the pods' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l pod-label -d 'Label of the pods, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l pod-annotation -d 'Annotation of the pods, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l network-policy -d 'Let only members reach the peer and election ports' -r -f -a "true\t''
false\t''"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l unset -d 'Have a flag\'s default again (can be repeated)' -r -f -a "image\t'The plugin\'s own'
image-pull-policy\t'Kubernetes\' own policy'
image-pull-secret\t'None'
cpu\t'None'
cpu-limit\t'None'
memory\t'1Gi'
heap\t'60 % of the memory'
jvm-flags\t'None'
config\t'The plugin\'s defaults'
service-type\t'Inside the cluster alone'
service-annotation\t'None'
load-balancer-source-range\t'None'
anti-affinity\t'Preferred'
topology-key\t'Host and zone'
topology-spread\t'None'
node-selector\t'None'
toleration\t'None'
priority-class\t'None'
pod-label\t'None'
pod-annotation\t'None'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s o -l output -d 'How to show it: table, json, yaml, name, jsonpath=…, custom-columns=…' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand diff" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l id -d 'The server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l dry-run -d 'Only say which steps would be done, and change nothing' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s o -l output -d 'How to show it: the status if not given; json, yaml, jsonpath=…, custom-columns=… of the steps, or name' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l timeout -d 'How long it may take' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand replace" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l dry-run -d 'Only say which steps would be done, and change nothing' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s o -l output -d 'How to show it: the status if not given; json, yaml, jsonpath=…, custom-columns=… of the steps, or name' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l timeout -d 'How long it may take' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l addresses -d 'State addresses again that differ from the Services\''
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand repair" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l dry-run -d 'Only say what would go: client, as it is without a value, only looks, server has it checked' -r -f -a "none\t'Everything is changed'
client\t'Nothing is sent to be changed'
server\t'The server checks everything and keeps nothing'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l timeout -d 'How long to wait' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l delete-data -d 'Delete the disks and the identity, too: the data is gone for ever'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l wait -d 'Wait until it is gone (the default)'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l no-wait -d 'Do not wait until it is gone'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand delete" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l chroot -d 'The node under which the clients see everything' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l cluster-domain -d 'The cluster\'s domain, to be put behind the Services\' names: cluster.local' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l for -d 'The form to print it in' -r -f -a "kafka\t'Kafka 3 and older: server.properties'
solr\t'Solr: solr.in.sh'
hbase\t'Hbase: hbase-site.xml'
clickhouse\t'Clickhouse: a file for config.d'
spring\t'Spring Cloud: application.properties'
curator\t'Curator: the string for connectString'
env\t'Variables for a shell'
configmap\t'A ConfigMap'
secret\t'A Secret'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l timeout -d 'How long to wait' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s o -l output -d 'How to show it: json, yaml, wide, name, jsonpath=…, custom-columns=…; the string alone if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l probe-timeout -d 'How long each server may take to answer' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l servers -d 'Every server by its own Service: the members of the committed configuration'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l external -d 'The addresses outside of the cluster: the load balancer\'s, or those of nodes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l create-chroot -d 'Make the nodes of the chroot that are not there; everybody may change them'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l verify -d 'Open a session through every address first; print nothing if one fails'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l wait -d 'Wait until there is an external address, and with --verify until every address answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand connection-string" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l for -d 'Who is given the rights: `user NAME`, `group NAME`, `serviceaccount NAME` or `serviceaccount NAMESPACE:NAME`, also as KIND/NAME; without it there is no binding' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l name -d 'The Role\'s name; kubectl-zk, with the verbs behind it, if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s o -l output -d 'How to print it: json, name, jsonpath=…, custom-columns=…; yaml if not given' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s A -l all-namespaces -d 'In every namespace, as `status -A` needs it'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand rbac" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s o -l output -d 'json or yaml; lines if not given' -r -f -a "json\t'As JSON'
yaml\t'As YAML'"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l client -d 'The plugin\'s alone: no server is asked'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand version" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -f -a "install" -d 'Put the link up by which kubectl finds what TAB offers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -f -a "uninstall" -d 'Take the link away'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -f -a "bash" -d 'Print a script for bash, for who types kubectl-zk instead of kubectl zk'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -f -a "zsh" -d 'Print a script for zsh, for who types kubectl-zk instead of kubectl zk'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -f -a "fish" -d 'Print a script for fish, for who types kubectl-zk instead of kubectl zk'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall bash zsh fish powershell" -f -a "powershell" -d 'Print a script for PowerShell, for who types kubectl-zk instead of kubectl zk'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l dir -d 'The directory; that of krew, or the plugin\'s own, if not given' -r -f -a "(__fish_complete_directories)"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from install" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l dir -d 'The directory; that of krew, or the plugin\'s own, if not given' -r -f -a "(__fish_complete_directories)"
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from bash" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from zsh" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from fish" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand completion; and __fish_seen_subcommand_from powershell" -s y -l yes -d 'Answer every question with yes'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l kubeconfig -d 'Path to the kubeconfig file' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l context -d 'The kubeconfig\'s context to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l cluster -d 'The kubeconfig\'s cluster to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l user -d 'The kubeconfig\'s user to use' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -s n -l namespace -d 'The namespace' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -s s -l server -d 'Address and port of the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l token -d 'Bearer token for the API server' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l as -d 'User to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l as-group -d 'Group to impersonate (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l as-uid -d 'UID to impersonate' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l as-user-extra -d 'Extra attribute to impersonate, KEY=VALUE (can be repeated)' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l certificate-authority -d 'File with the certificates that may sign the API server\'s' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l client-certificate -d 'File with our certificate' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l client-key -d 'File with our key' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l tls-server-name -d 'Name that the API server\'s certificate must have' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l request-timeout -d 'How long one request to the API server may take; 0 for no limit' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l cache-dir -d 'Accepted as kubectl\'s; nothing is cached' -r -F
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -s v -l v -d 'Say what is sent to the API server: 6 a line per request, 8 and more details' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l color -d 'Colour: auto, always or never' -r
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -s h -l help -d 'Print help'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l insecure-skip-tls-verify -d 'Do not check the API server\'s certificate'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -l disable-compression -d 'Do not ask for compressed answers'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -s q -l quiet -d 'Say nothing that is not asked for'
complete -c kubectl-zk -n "__fish_kubectl_zk_using_subcommand options" -s y -l yes -d 'Answer every question with yes'
