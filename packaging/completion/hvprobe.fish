# SPDX-License-Identifier: GPL-2.0-only
# Completion of hvprobe(1) for fish.

set -l commands report caps explain dump decode nested confidential verify call bench help
set -l none "not __fish_seen_subcommand_from $commands"

complete -c hvprobe -f
complete -c hvprobe -n $none -a report -d 'Report interfaces and verdict'
complete -c hvprobe -n $none -a caps -d 'List or check capabilities'
complete -c hvprobe -n $none -a explain -d 'Show how the verdict was reached'
complete -c hvprobe -n $none -a dump -d 'Record the facts of this machine'
complete -c hvprobe -n $none -a decode -d 'Report the machine of a recording'
complete -c hvprobe -n $none -a nested -d 'Tell whether this guest can nest'
complete -c hvprobe -n $none -a confidential -d 'Tell who says that memory is encrypted'
complete -c hvprobe -n $none -a verify -d 'Exercise what is advertised'
complete -c hvprobe -n $none -a call -d 'Make one hypercall'
complete -c hvprobe -n $none -a bench -d 'Measure what exits cost'
complete -c hvprobe -n $none -a help -d 'Explain a command'
complete -c hvprobe -n '__fish_seen_subcommand_from help' -a "$commands"

complete -c hvprobe -s J -l json -d 'Print JSON'
complete -c hvprobe -s q -l quiet -d 'Print nothing, only exit'
complete -c hvprobe -s v -l verbose -d 'Add meanings and sources'
complete -c hvprobe -l no-driver -d 'Do not ask hvprobe.ko'
complete -c hvprobe -l deep -d 'Read all 256 bases and every leaf'
complete -c hvprobe -l all-cpus -d 'Read the leaves on every CPU'
complete -c hvprobe -l stats -d 'Add what collecting cost'
complete -c hvprobe -l color -x -a 'auto always never' -d 'Colour states'
complete -c hvprobe -l version -d 'Print the version'
complete -c hvprobe -s h -l help -d 'Print help'

set -l caps '__fish_seen_subcommand_from caps'
complete -c hvprobe -n $caps -l mask -d 'Print the bitmask as one hex word'
complete -c hvprobe -n $caps -l all -d 'List absent ones, too'
complete -c hvprobe -n $caps -l set -d 'List available ones only'
complete -c hvprobe -n $caps -a '(hvprobe caps --all 2>/dev/null | awk \'NR > 1 { print $2 }\')'
complete -c hvprobe -n '__fish_seen_subcommand_from dump' -l format -x -a 'json cpuid'
complete -c hvprobe -n '__fish_seen_subcommand_from decode' -l facts -d 'Print the facts'
complete -c hvprobe -n '__fish_seen_subcommand_from decode' -l machine -x -d 'Which machine'
complete -c hvprobe -n '__fish_seen_subcommand_from decode' -F
set -l questions '__fish_seen_subcommand_from nested confidential'
complete -c hvprobe -n $questions -l machine -x -d 'Which machine'
complete -c hvprobe -n $questions -F

set -l verify '__fish_seen_subcommand_from verify'
complete -c hvprobe -n $verify -l all -d 'List absent ones, too'
complete -c hvprobe -n $verify -l tap -d 'Print TAP version 13'
complete -c hvprobe -n $verify -a 'hyperv kvm xen vmware timing smccc'
set -l call '__fish_seen_subcommand_from call'
complete -c hvprobe -n $call -l dry-run -d 'Show the registers, make no call'
complete -c hvprobe -n $call -l shape -x -a 'auto slow fast xmm'
complete -c hvprobe -n $call -l reg -x -d 'Register to read'
complete -c hvprobe -n $call -l in -x -d 'Bytes of input'
complete -c hvprobe -n $call -l out-bytes -x -d 'Bytes of output'
complete -c hvprobe -n $call -l reps -x -d 'Elements'
complete -c hvprobe -n $call -l in-header -x -d 'Bytes of input header'
complete -c hvprobe -n $call -l in-element -x -d 'Bytes of an input element'
complete -c hvprobe -n $call -l out-header -x -d 'Bytes of fixed output'
complete -c hvprobe -n $call -l out-element -x -d 'Bytes of an output element'
complete -c hvprobe -n $call -l var-qwords -x -d 'Qwords of variable header'
complete -c hvprobe -n $call -a 'hyperv kvm xen vmware smccc'
