import type { SeniorityPhrases } from './seniority-table.ts';

/** "Chefe" and "coordenador" lead a team, so both are managers; a "chefe" of a department is its head. */
export const PORTUGUESE: SeniorityPhrases = {
  aide: ['ajudante, secretária, secretária executiva, assessor da diretoria, assessor da presidência'],
  beginner: ['estagiário, ^estágio, jovem aprendiz, menor aprendiz, bolsista'],
  'c-level': [
    'diretor geral, director geral, direção geral, diretor presidente, diretor executivo, diretora executiva',
    'diretor superintendente, sócio, sócia, proprietário, dono, dona, empresário, empreendedor',
    'administrador delegado, secretário geral, reitor, presidência, ^conselheiro$, conselheiro de administração',
    'sócio gerente, membro do conselho, fundador, cofundador',
  ],
  vp: ['vice presidência'],
  director: [
    'diretor, diretoria, direção, subdiretor, vice diretor, diretor adjunto, diretora adjunta, diretor de área',
  ],
  head: [
    'chefe de departamento, chefe do departamento, chefe de divisão, chefe da divisão, chefe de gabinete',
    'chefe de área, gerente geral, gerente executivo, gerente executiva, responsável de departamento',
    'responsável pelo departamento',
  ],
  student: [
    'estudante, ^universitário$, aluno, aluna, doutorando, doutoranda, mestrando, mestranda, vestibulando, graduando',
    'graduanda',
  ],
  junior: ['recém formado, recém licenciado'],
  manager: [
    'gerência, subgerente, chefe, subchefe, chefia, coordenador, coordenação, encarregado, supervisor, gestor',
    'responsável, líder de equipe, líder de equipa, líder de time, líder de projeto, líder de projetos',
    'diretor de projeto, diretor de projetos, mestre de obras',
  ],
  senior: ['sênior, especialista sênior, perito'],
  staff: [
    'técnico, engenheiro, desenvolvedor, programador, analista, consultor, vendedor, executivo, executiva',
    'executivo de contas, representante, contador, contabilista, administrativo, administrativa, administrador',
    'advogado, médico, enfermeiro, professor, pesquisador, investigador, comprador, assessor, especialista, arquiteto',
    'arquiteta, recepcionista, jornalista, operário, operador, funcionário, colaborador, agente, corretor, promotor',
    'instrutor, recrutador, economista, auditor, tesoureiro, farmacêutico, dentista, psicólogo, psicóloga, mecânico',
    'eletricista, motorista, autônomo, autônoma, atendente, balconista, escriturário, pleno, dona de casa',
    'designer gráfico, redator, tradutor, servidor público, faturista, estoquista, técnica de vendas',
  ],
};
